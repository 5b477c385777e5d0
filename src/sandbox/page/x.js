import { openCompose } from './compose.js';
import { make } from './dom.js';
import { follow } from './follow.js';
import { showBill } from './till.js';
import { openTimeline } from './timeline.js';

const $ = (id) => document.getElementById(id);
const toId = (id) => (id === null ? null : `x-${id}`);
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** About as X counts: a link is 23, everything beyond Latin two. The server decides. */
function weigh(words) {
  const linkless = words.replace(/https?:\/\/\S+|(?<![\w@.])[\w-]+\.(?:com|org|net|io|co|dev|example)\b\S*/giu, 'x'.repeat(23));
  return [...graphemes.segment(linkless)].reduce((sum, { segment }) => sum + (segment.length === 1 && segment <= '\u10ff' ? 1 : 2), 0);
}

const network = {
  most: 280,
  namesAnswered: false,
  measure: weigh,
  async send(words, parent) {
    const answer = await fetch('/x/2/tweets', {
      method: 'POST',
      headers: { authorization: 'Bearer visitor', 'content-type': 'application/json' },
      body: JSON.stringify({ text: words, ...(parent && { reply: { in_reply_to_tweet_id: parent.id.slice(2) } }) }),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.errors?.[0]?.message ?? body.detail ?? body.error ?? `The sandbox said ${answer.status}`);
    // The stream tells what everybody sees of it.
    return body.data.id;
  },
};

/** A post of X in the shape that the page draws. */
function toStatus(post, bot) {
  const paragraphs = document.createElement('div');
  paragraphs.append(...post.text.split('\n\n').map((text) => make('p', {}, text)));
  return {
    id: toId(post.id), in_reply_to_id: toId(post.replyTo), in_reply_to_account_id: post.replyToHandle, created_at: post.createdAt, content: paragraphs.innerHTML,
    spoiler_text: '', language: post.language ?? '', favourites_count: 0,
    account: { acct: post.author.handle, username: post.author.handle, display_name: post.author.name, bot: post.author.handle === bot },
    mentions: [...new Set([...post.text.matchAll(/@(\w{1,15})/gu)].map(([, handle]) => handle).concat(post.replyToHandle ?? []))].map((handle) => ({ acct: handle, id: handle })),
    avatarPath: `/sandbox/x/avatars/${encodeURIComponent(post.author.handle)}.svg`,
    receiptPath: `/sandbox/x/receipts/${encodeURIComponent(post.id)}`,
  };
}

async function read(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} said ${answer.status}`);
  return await answer.json();
}

/** Whether this sandbox has an X at all. */
export const hasX = async () => (await fetch('/sandbox/x/bill')).ok;

/** The X of the town, with its running bill. `page` shows what is new and what is wrong; returns the compose box. */
export function openX(page) {
  // The same box as Mastodon's, with names of its own.
  const form = $('compose').cloneNode(true);
  for (const named of [form, ...form.querySelectorAll('[id]')]) named.id = `x-${named.id}`;
  form.querySelector('label').htmlFor = 'x-words';
  form.querySelector('textarea').setAttribute('aria-describedby', 'x-hint x-counter x-problem');
  form.querySelector('textarea').value = '';
  $('x-compose-home').prepend(form);

  let bot;
  let awaited;
  let started = false;
  const timeline = openTimeline($('x-posts'), {
    reply: (status, slot) => compose.reply(status, slot),
    ask: (status, slot) => compose.ask(status, slot),
  });
  const compose = openCompose(form, $('x-compose-home'), network, (id) => {
    awaited = toId(id);
    const article = $(`post-${awaited}`);
    if (article) page.showOwn(article);
  });

  function add(post) {
    const status = toStatus(post, bot);
    if (timeline.has(status.id)) return;
    const article = timeline.addNew(status);
    $('x-empty').hidden = true;
    if (!started) return;
    if (status.id === awaited) page.showOwn(article);
    else page.showLive(status, article);
  }

  async function catchUp() {
    const { bot: handle, posts } = await read('/sandbox/x/timeline');
    bot = handle;
    for (const post of posts.toReversed()) add(post);
    showBill(await read('/sandbox/x/bill'));
    $('x-empty').textContent = 'Nobody has said anything yet. Somebody has to start.';
    if (!started) page.showLinked();
    started = true;
  }

  follow('/sandbox/x/events', { post: (data) => add(JSON.parse(data)), delete: (id) => timeline.remove(toId(id)), bill: (data) => showBill(JSON.parse(data)) }, catchUp, page.lost);
  return compose;
}
