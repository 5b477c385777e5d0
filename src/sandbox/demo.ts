import { demoKeys } from './x/options.ts';

const { appKey, appSecret, accessToken, accessSecret, bearer } = demoKeys;

/** What the bot's config would say about this sandbox. It is close by, so it may be asked often: private posts by strangers ring no bell, and X has none. */
export const demoConfig = (url: string) => ({
  networks: {
    mastodon: { url, token: 'repartee', pollSeconds: 2 },
    x: { appKey, appSecret, accessToken, accessSecret, bearer, handle: 'repartee', apiUrl: `${url}/x`, webUrl: `${url}/x`, pollSeconds: 3 },
  },
  feeds: [`${url}/feed.xml`],
  allowHosts: [new URL(url).host],
});
