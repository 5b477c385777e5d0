import { showGazette, showTrends } from './around-town.js';
import { refreshAges } from './dom.js';
import { openMastodon } from './mastodon.js';
import { isByBot } from './post.js';
import { openTabs } from './tabs.js';
import { hasX, openX } from './x.js';

const $ = (id) => document.getElementById(id);
const calm = matchMedia('(prefers-reduced-motion: reduce)');
/** What opens each tab, once, when it is first shown: a browser has few lines to one server, and each tab holds one. */
const openers = { mastodon: openMastodon, x: openX };
const boxes = {};
const downLines = new Set();
let shown = 'mastodon';

/** Puts a question into the compose box of the tab that is shown. */
const suggest = (question) => boxes[shown].suggest(question);

function complain(line) {
  $('lost').textContent = line;
  $('lost').hidden = false;
}

let barrierTimer;
/** The toll barrier in the picture lets every answer through. */
function raiseBarrier() {
  document.body.classList.add('passing');
  clearTimeout(barrierTimer);
  barrierTimer = setTimeout(() => document.body.classList.remove('passing'), 2200);
}

const page = {
  complain,
  lost(line, isDown) {
    if (isDown) downLines.add(line);
    else downLines.delete(line);
    if (downLines.size > 0) complain('The line to the town is down. Trying again…');
    else $('lost').hidden = true;
  },
  /** One's own post, just sent. */
  showOwn(article) {
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
  },
  /** A post that just came in. */
  showLive(status, article) {
    article.classList.add('fresh');
    if (!isByBot(status)) return;
    $('announce').textContent = `Repartee answered: ${article.querySelector('.words').textContent}`;
    raiseBarrier();
  },
  /** A link to a post of this town leads here with the post's id behind the #. */
  showLinked() {
    document.getElementById(`post-${location.hash.slice(1)}`)?.scrollIntoView({ block: 'center' });
  },
  caughtUp: () => Promise.all([showTrends($('trends'), suggest), showGazette($('gazette'), suggest)]),
};

function open(name) {
  boxes[name] = openers[name](page);
  for (const chip of document.querySelectorAll(`#panel-${name} .chips button`)) chip.addEventListener('click', () => suggest(chip.textContent));
}

const isX = () => /^#x(?:-|$)/u.test(location.hash);

/** Makes the tabs work; the address tells which one is shown. */
function openNetworks() {
  const show = openTabs($('tabs'), (name) => {
    shown = name;
    $('skip').href = name === 'x' ? '#x-timeline' : '#timeline';
    if (name === 'x' && !isX()) history.replaceState(undefined, '', '#x');
    if (name !== 'x' && isX()) history.replaceState(undefined, '', location.pathname);
    if (!boxes[name]) open(name);
  });
  $('tabs').hidden = false;
  if (isX()) show('x');
  addEventListener('hashchange', () => {
    const name = isX() ? 'x' : 'mastodon';
    if (name !== shown) show(name);
    page.showLinked();
  });
}

open('mastodon');
setInterval(refreshAges, 20_000);
if (await hasX()) openNetworks();
