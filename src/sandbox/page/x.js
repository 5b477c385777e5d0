import { openCompose } from './compose.js';
import { follow } from './follow.js';
import { botHandle, isByBot } from './post.js';
import { showBill } from './till.js';
import { openTimeline } from './timeline.js';
import { toPageId, toPostId, toStatus, weigh } from './x-post.js';

const $ = (id) => document.getElementById(id);
const visitor = 'visitor';
/** What the visitor wrote; X takes no words twice. */
const said = new Set();

// The same box as Mastodon's, with names of its own, and a few of the questions, so that the till stays in sight.
// Taken when the page is read: later somebody may be answering a post with it.
const form = $('compose').cloneNode(true);
const chips = $('chips').cloneNode(true);
for (const named of [form, ...form.querySelectorAll('[id]'), chips]) named.id = `x-${named.id}`;
form.querySelector('label').htmlFor = 'x-words';
form.querySelector('textarea').setAttribute('aria-describedby', 'x-hint x-counter x-problem');
form.querySelector('textarea').value = '';
chips.replaceChildren(...[...chips.children].slice(0, 4));

const network = {
  most: 280,
  measure: weigh,
  // X names whom one answers by itself; but a bot may only speak where its handle was typed.
  opening: (status) => (isByBot(status) ? `@${botHandle} ` : ''),
  wasSaid: (words) => said.has(words.trim()),
  async send(words, parent) {
    const answer = await fetch('/x/2/tweets', {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text: words, ...(parent && { reply: { in_reply_to_tweet_id: toPostId(parent.id) } }) }),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.errors?.[0]?.message ?? body.detail ?? body.error ?? `The sandbox said ${answer.status}`);
    // The stream tells what everybody sees of it.
    return body.data.id;
  },
};

async function read(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} said ${answer.status}`);
  return await answer.json();
}

/** Whether this sandbox has an X at all. */
export async function hasX() {
  try {
    return (await fetch('/sandbox/x/bill')).ok;
  } catch {
    return false;
  }
}

/** The X of the town, with its running bill. `page` shows what is new and what is wrong; returns the compose box. */
export function openX(page) {
  $('x-compose-home').prepend(form);
  $('x-compose-home').append(chips);

  let bot;
  let awaited;
  let started = false;
  const timeline = openTimeline($('x-posts'), {
    reply: (status, slot) => compose.reply(status, slot),
    ask: (status, slot) => compose.ask(status, slot),
  });
  const compose = openCompose(form, $('x-compose-home'), network, (id) => {
    awaited = toPageId(id);
    const article = $(`post-${awaited}`);
    if (article) page.showOwn(article);
  });

  function add(post) {
    const status = toStatus(post, bot);
    if (post.author.handle === visitor) said.add(post.text.trim());
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

  follow('/sandbox/x/events', { post: (data) => add(JSON.parse(data)), delete: (id) => timeline.remove(toPageId(id)), bill: (data) => showBill(JSON.parse(data)) }, catchUp, (isDown) => page.lost('x', isDown));
  return compose;
}
