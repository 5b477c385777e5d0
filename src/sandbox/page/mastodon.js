import { openCompose } from './compose.js';
import { follow } from './follow.js';
import { openTimeline } from './timeline.js';

const pageSize = 40;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const $ = (id) => document.getElementById(id);

const network = {
  most: 500,
  opening: (status) => `@${status.account.acct} `,
  wasSaid: () => false,
  measure: (words) => [...graphemes.segment(words)].length,
  async send(words, parent, key) {
    const answer = await fetch('/api/v1/statuses', {
      method: 'POST',
      headers: { authorization: 'Bearer visitor', 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ status: words, ...(parent && { in_reply_to_id: parent.id }) }),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error ?? `The sandbox said ${answer.status}`);
    return body;
  },
};

async function readTimeline(query = '') {
  const answer = await fetch(`/sandbox/timeline?limit=${pageSize}${query}`);
  if (!answer.ok) throw new Error(`the timeline said ${answer.status}`);
  return await answer.json();
}

/** The Mastodon of the town. `page` shows what is new and what is wrong; returns the compose box. */
export function openMastodon(page) {
  const timeline = openTimeline($('posts'), {
    reply: (status, slot) => compose.reply(status, slot),
    ask: (status, slot) => compose.ask(status, slot),
  });
  const compose = openCompose($('compose'), $('compose-home'), network, (status) => {
    page.showOwn(timeline.addNew(status));
    $('empty').hidden = true;
    $('hint').hidden = true;
  });
  let oldest;
  let started = false;

  async function showOlder() {
    const statuses = await readTimeline(oldest ? `&max_id=${oldest}` : '');
    timeline.addOlder(statuses);
    oldest = statuses.at(-1)?.id ?? oldest;
    $('older').hidden = statuses.length < pageSize;
    $('empty').hidden = timeline.has(oldest);
    $('empty').textContent = 'Nobody has said anything yet. Somebody has to start.';
  }

  /** Reads back to the first post that is here already. */
  async function showMissed() {
    const missed = [];
    for (let read = await readTimeline(); ; read = await readTimeline(`&max_id=${read.at(-1).id}`)) {
      missed.push(...read);
      if (read.length < pageSize || read.some((status) => timeline.has(status.id))) break;
    }
    for (const status of missed.toReversed()) timeline.addNew(status);
  }

  function showLive(status) {
    if (timeline.has(status.id)) return;
    page.showLive(status, timeline.addNew(status));
    $('empty').hidden = true;
  }

  async function catchUp() {
    await (started ? showMissed() : showOlder());
    if (!started) page.showLinked();
    started = true;
    await page.caughtUp();
  }

  $('older').addEventListener('click', () => {
    showOlder().catch((error) => page.complain(`Earlier posts could not be read: ${error.message}`));
  });
  follow('/sandbox/events', { status: (data) => showLive(JSON.parse(data)), delete: (id) => timeline.remove(id) }, catchUp, (isDown) => page.lost('mastodon', isDown));
  return compose;
}
