// Keys for the desk. Everything works without them; they press the buttons that are there.
(() => {
  const list = document.getElementById('list');
  const cards = (from = document) => [...from.querySelectorAll('.card')];
  const keyOf = (card) => card?.dataset.draft;
  const keys = (from = document) => cards(from).map(keyOf);
  const current = () => document.activeElement?.closest('.card') ?? undefined;
  /** Where the focus was, for going on from there. */
  let place = -1;
  /** Of a card that stands alone and was there to be seen: keys reach it without the focus. */
  let alone = keys().length === 1 ? keys()[0] : undefined;
  /** Somebody wants to see what is new, wherever the focus is. */
  let isWanted = false;
  /** The cards stay as they are over this refresh. */
  let isFrozen = false;
  /** What had the focus before a refresh. */
  let last;

  const go = (step) => {
    const all = cards();
    if (all.length === 0) return;
    const at = current() ? all.indexOf(current()) : place;
    place = Math.max(0, Math.min(all.length - 1, at + step));
    all[place].focus();
    all[place].scrollIntoView({ block: 'nearest' });
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
    if (event.key === 'j' || event.key === 'k') {
      event.preventDefault();
      go(event.key === 'j' ? 1 : -1);
      return;
    }
    // A key that is held down goes on into the next page, where it would decide on another draft.
    if (event.repeat) return;
    const [only] = cards();
    const card = current() ?? (cards().length === 1 && keyOf(only) === alone ? only : undefined);
    const wanted = `[data-key="${CSS.escape(event.key)}"]`;
    const target = card?.querySelector(wanted) ?? [...document.querySelectorAll(wanted)].find((each) => !each.closest('.card') && !each.hidden);
    if (!target) return;
    event.preventDefault();
    if (target.tagName === 'TEXTAREA') target.focus();
    else target.click();
  });

  /** The second click of a double click would decide on the card that has come into the place of the first. */
  const doubleClickMs = 700;
  let decidedAt = Number(sessionStorage.getItem('decidedAt'));
  // Only on the page to which it led, however long that took to come.
  if (Math.abs(Date.now() - decidedAt) < 5_000) decidedAt = Date.now();
  sessionStorage.removeItem('decidedAt');
  const isSecond = () => Math.abs(Date.now() - decidedAt) < doubleClickMs;
  document.addEventListener('submit', (event) => {
    if (!event.target.closest('#list')) return;
    if (isSecond()) {
      event.preventDefault();
      return;
    }
    decidedAt = Date.now();
    sessionStorage.setItem('decidedAt', String(decidedAt));
  });

  const tellFreshness = (isFresh) => {
    const line = document.getElementById('stale');
    if (line) line.hidden = isFresh;
  };
  for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) document.addEventListener(failure, () => tellFreshness(false));
  if (!list) return;

  const news = document.getElementById('news');
  const refresh = news.querySelector('a');
  const tell = (words, canRefresh = false) => {
    // A status that is written again is read out again.
    if (news.firstElementChild.textContent !== words) news.firstElementChild.textContent = words;
    refresh.hidden = !canRefresh;
    news.hidden = words === '';
  };
  refresh.addEventListener('click', (event) => {
    event.preventDefault();
    if (current()) remember();
    isWanted = true;
    globalThis.htmx.trigger(list, 'refresh');
  });

  const gone = 'That draft has changed or is gone.';
  const controls = (card) => [...card.querySelectorAll('a, button')];
  const nameOf = (control) => control.dataset.key ?? control.textContent;
  const remember = () => {
    const card = current();
    const control = document.activeElement?.closest('a, button');
    last = card && { key: keyOf(card), at: cards().indexOf(card), control: control && nameOf(control) };
  };
  /** What is looked at, or aimed at, must not move. A finger gives no sign before it comes down. */
  const isInUse = () => cards().length > 0 && (list.contains(document.activeElement) || list.matches(':hover') || matchMedia('(hover: none)').matches);

  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    if (detail.target !== list || !detail.shouldSwap) return;
    const next = keys(new DOMParser().parseFromString(detail.serverResponse, 'text/html'));
    const before = keys();
    // The link that shows what is new may take the focus from the card to which it goes back.
    if (current()) remember();
    else if (!isWanted && document.activeElement !== refresh) last = undefined;
    isFrozen = !isWanted && isInUse();
    if (isFrozen) {
      // The counts beside the tabs come in all the same.
      detail.swapOverride = 'none';
      tellFreshness(true);
      const added = next.filter((key) => !before.includes(key)).length;
      const lost = before.filter((key) => !next.includes(key)).length;
      const what = [added > 0 && `${added} new`, lost > 0 && `${lost} changed or gone`].filter(Boolean).join(', ');
      const own = keyOf(current());
      tell(`${own !== undefined && !next.includes(own) ? `${gone} ` : ''}${what === '' ? '' : `${what}:`}`, what !== '');
      return;
    }
    if (before.length === 0 && next.length === 1) alone = next[0];
  });
  document.addEventListener('htmx:afterSwap', ({ detail }) => {
    if (detail.target !== list) return;
    tellFreshness(true);
    if (isFrozen) return;
    isWanted = false;
    if (news.firstElementChild.textContent !== gone) tell('');
    if (last === undefined) return;
    const card = cards().find((each) => keyOf(each) === last.key);
    if (!card) {
      place = last.at - 1;
      last = undefined;
      tell(gone);
      return;
    }
    (controls(card).find((each) => nameOf(each) === last.control) ?? card).focus({ preventScroll: true });
  });
})();
