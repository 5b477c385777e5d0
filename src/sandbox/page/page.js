import { showGazette, showTrends } from './around-town.js';
import { openCompose } from './compose.js';
import { refreshAges } from './dom.js';
import { isByBot } from './post.js';
import { openTimeline } from './timeline.js';

const pageSize = 40;
const longestPauseMs = 15_000;
const $ = (id) => document.getElementById(id);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

const timeline = openTimeline($('posts'), {
  reply: (status, slot) => compose.reply(status, slot),
  ask: (status, slot) => compose.ask(status, slot),
});

const compose = openCompose($('compose'), $('compose-home'), (status) => {
  const article = timeline.addNew(status);
  $('empty').hidden = true;
  $('hint').hidden = true;
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
});

async function readTimeline(query = '') {
  const answer = await fetch(`/sandbox/timeline?limit=${pageSize}${query}`);
  if (!answer.ok) throw new Error(`the timeline said ${answer.status}`);
  return await answer.json();
}

let oldest;

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
  for (let page = await readTimeline(); ; page = await readTimeline(`&max_id=${page.at(-1).id}`)) {
    missed.push(...page);
    if (page.length < pageSize || page.some((status) => timeline.has(status.id))) break;
  }
  for (const status of missed.toReversed()) timeline.addNew(status);
}

/** A link to a post of this town leads here with the post's id behind the #. */
function showLinked() {
  document.getElementById(`post-${location.hash.slice(1)}`)?.scrollIntoView({ block: 'center' });
}

function showLive(status) {
  if (timeline.has(status.id)) return;
  const article = timeline.addNew(status);
  article.classList.add('fresh');
  $('empty').hidden = true;
  if (!isByBot(status)) return;
  $('announce').textContent = `Repartee answered: ${article.querySelector('.words').textContent}`;
  raiseBarrier();
}

let barrierTimer;
/** The toll barrier in the picture lets every answer through. */
function raiseBarrier() {
  document.body.classList.add('passing');
  clearTimeout(barrierTimer);
  barrierTimer = setTimeout(() => document.body.classList.remove('passing'), 2200);
}

let started = false;
let failures = 0;

/** Follows the server's events; after a loss it comes back by itself and fetches what was missed. */
function follow() {
  const events = new EventSource('/sandbox/events');
  let given = false;

  // The stream and the first read may both report the same loss.
  function giveUp() {
    if (given) return;
    given = true;
    events.close();
    $('lost').textContent = 'The line to the town is down. Trying again…';
    $('lost').hidden = false;
    const pauseMs = Math.min(longestPauseMs, 1000 * 2 ** failures++);
    setTimeout(follow, pauseMs * (0.75 + Math.random() / 2));
  }

  async function catchUp() {
    try {
      await (started ? showMissed() : showOlder());
      if (!started) showLinked();
      started = true;
      failures = 0;
      $('lost').hidden = true;
      await Promise.all([showTrends($('trends'), compose.suggest), showGazette($('gazette'), compose.suggest)]);
    } catch (error) {
      console.warn('The timeline could not be read:', error);
      giveUp();
    }
  }

  events.addEventListener('status', (event) => showLive(JSON.parse(event.data)));
  events.addEventListener('delete', (event) => timeline.remove(event.data));
  events.addEventListener('open', () => void catchUp());
  events.addEventListener('error', giveUp);
}

for (const chip of $('chips').querySelectorAll('button')) {
  chip.addEventListener('click', () => compose.suggest(chip.textContent));
}
$('older').addEventListener('click', () => {
  showOlder().catch((error) => {
    $('lost').textContent = `Earlier posts could not be read: ${error.message}`;
    $('lost').hidden = false;
  });
});
setInterval(refreshAges, 20_000);
follow();
