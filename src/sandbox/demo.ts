/** What the bot's config would say about this sandbox. It is close by, so it may be asked often: private posts by strangers ring no bell. */
export const demoConfig = (url: string) => ({
  networks: { mastodon: { url, token: 'repartee', pollSeconds: 2 } },
  feeds: [`${url}/feed.xml`],
  allowHosts: [new URL(url).host],
});
