import { make } from './dom.js';

const askAbout = {
  en: (title) => `what is this about “${title}”?`,
  fr: (title) => `c’est quoi cette histoire : « ${title} » ?`,
  de: (title) => `was ist dran an „${title}“?`,
  es: (title) => `¿qué pasa con «${title}»?`,
  it: (title) => `cos’è questa storia: «${title}»?`,
  pt: (title) => `que história é esta: «${title}»?`,
  ja: (title) => `「${title}」ってどういうこと？`,
};

/** Lists what is trending; a tap puts a question about it to `suggest`. */
export async function showTrends(list, suggest) {
  const answer = await fetch('/api/v1/trends/tags?limit=9');
  if (!answer.ok) return;
  const tags = await answer.json();
  list.replaceChildren(...tags.map((tag) => {
    const uses = tag.history.reduce((sum, day) => sum + Number(day.uses), 0);
    return make('li', {}, make('button', { type: 'button', click: () => suggest(`what is #${tag.name} about?`) },
      make('span', { class: 'trend-tag' }, `#${tag.name}`), ' ', make('span', { class: 'trend-uses' }, `${uses} posts`)));
  }));
}

/** Lists the newest headlines of the local feed; a tap puts a question about one to `suggest`. */
export async function showGazette(list, suggest) {
  const answer = await fetch('/feed.xml');
  if (!answer.ok) return;
  const feed = new DOMParser().parseFromString(await answer.text(), 'text/xml');
  const items = [...feed.querySelectorAll('item')].slice(0, 12);
  list.replaceChildren(...items.map((item) => {
    const title = item.querySelector('title')?.textContent?.trim() ?? '';
    const lang = item.getElementsByTagNameNS('http://purl.org/dc/elements/1.1/', 'language')[0]?.textContent ?? 'en';
    const ask = askAbout[lang] ?? askAbout.en;
    return make('li', { lang }, make('button', { type: 'button', click: () => suggest(ask(title)) }, title));
  }));
}
