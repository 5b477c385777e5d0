// Every network there is. A new one is a folder and a line here.
export { mastodon } from './mastodon/index.ts';
export { x } from './x/index.ts';
