import { showGazette, showTrends } from './around-town.js';
import { refreshAges } from './dom.js';
import { openMastodon } from './mastodon.js';
import { isByBot } from './post.js';
import { openTabs } from './tabs.js';
import { hasX, openX } from './x.js';

const $ = (id) => document.getElementById(id);
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const boxes = {};
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
  lost(isDown) {
    if (isDown) complain('The line to the town is down. Trying again…');
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

boxes.mastodon = openMastodon(page);
if (await hasX()) {
  boxes.x = openX(page);
  const show = openTabs($('tabs'), (name) => {
    shown = name;
    const isInTab = /^#x(?:-|$)/u.test(location.hash);
    if (name === 'x' && !isInTab) history.replaceState(undefined, '', '#x');
    if (name !== 'x' && isInTab) history.replaceState(undefined, '', location.pathname);
  });
  $('tabs').hidden = false;
  show(/^#x(?:-|$)/u.test(location.hash) ? 'x' : 'mastodon');
}

for (const chip of $('chips').querySelectorAll('button')) {
  chip.addEventListener('click', () => suggest(chip.textContent));
}
setInterval(refreshAges, 20_000);
