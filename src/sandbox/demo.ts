/** What the bot's config would say about this sandbox. */
export const demoConfig = (url: string) => ({
  networks: { mastodon: { url, token: 'repartee' } },
  feeds: [`${url}/feed.xml`],
  allowHosts: [new URL(url).host],
});
