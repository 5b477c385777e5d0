import { make, makeTime, nameLanguage, toLink } from './dom.js';

// The bot keeps the receipt just after the answer is posted, so the page may ask a moment too early.
const askAgainMs = [300, 1500, 4000];

/** The receipt of one answer, or undefined when none is kept. */
export async function fetchReceipt(address) {
  for (const waitMs of askAgainMs) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const answer = await fetch(address);
    if (answer.ok) return await answer.json();
    if (answer.status !== 404) break;
  }
  return undefined;
}

/** One line for the fold's handle: "6 things read, 14 ms". */
export function summarise(receipt) {
  const things = receipt.items.length + receipt.thread.length;
  const read = things === 0 ? 'nothing but your words' : things === 1 ? 'one thing read' : `${things} things read`;
  return `${read}, ${tellMs(receipt.took.total)}`;
}

/** A receipt as a till would print it. */
export function renderReceipt(receipt) {
  return make('div', { class: 'receipt' },
    make('p', { class: 'receipt-head' }, make('b', {}, 'REPARTEE'), make('span', {}, 'what I read, and why')),
    make('dl', { class: 'receipt-facts' },
      ...fact('Engine', receipt.model),
      ...(receipt.tokens ? fact('Tokens', `${receipt.tokens.in} in, ${receipt.tokens.out} out${receipt.tokens.dollars === undefined ? '' : `, $${receipt.tokens.dollars.toPrecision(2)}`}`) : []),
      ...fact('Voice', receipt.persona.name),
      ...fact('Answered in', nameLanguage(receipt.language)),
      ...(receipt.dollars === undefined ? [] : fact('Cost', `${tellDollars(receipt.dollars)} at most`)),
      ...(receipt.rung === undefined ? [] : fact('Money for', rungs[receipt.rung] ?? receipt.rung))),
    ...renderForgetting(receipt),
    ...renderThread(receipt.thread),
    ...renderItems(receipt),
    ...renderRefused(receipt.drafts),
    renderTimings(receipt.took),
    ...renderAddress(receipt),
    make('p', { class: 'receipt-end' }, makeTime(receipt.at), ` · voice ${receipt.persona.version} · prompt ${receipt.promptVersion.slice(0, 8)}`));
}

/** What everybody could see of it on a page of its own; a private answer has none. */
function renderAddress({ id, visibility, privately }) {
  if (id === undefined || privately || !['public', 'unlisted'].includes(visibility)) return [];
  return [make('p', { class: 'receipt-end' }, make('a', { href: `/r/${id}` }, 'As everybody sees it, signed'))];
}

const rungs = { full: 'everything', thread: 'the thread, no search', pool: 'what it knew' };

function renderForgetting({ forgotten, forgetAt }) {
  if (forgotten) return [make('p', { class: 'receipt-gone' }, 'What people wrote is gone, as its network demands. Hashes of it remain.')];
  return forgetAt === undefined ? [] : [make('p', { class: 'receipt-gone' }, `What people wrote will be gone by ${new Date(forgetAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}, as its network demands.`)];
}

function fact(name, value) {
  return [make('dt', {}, name), make('dd', {}, value)];
}

function renderThread(thread) {
  if (thread.length === 0) return [];
  return [
    make('h3', {}, 'The conversation so far'),
    make('ol', { class: 'receipt-thread' }, ...thread.map((post) => make('li', {}, make('b', {}, post.author), ' ', post.text))),
  ];
}

function renderItems(receipt) {
  if (receipt.items.length === 0) {
    return [make('h3', {}, 'The news'), make('p', {}, 'Nothing going on just now concerned this, so nothing was dragged in.')];
  }
  const why = receipt.open
    ? 'No topic was named, so the hottest things around came in.'
    : 'A topic was named, so only what concerns it came in.';
  return [make('h3', {}, 'The news'), make('p', {}, why), make('ol', { class: 'receipt-items' }, ...receipt.items.map((item, place) => renderItem(item, receipt, place === 0)))];
}

function renderItem(item, receipt, first) {
  const link = toLink(item.url ?? '');
  link.classList.remove('tag');
  link.append(item.text);
  const count = item.count === undefined ? '' : ` · ${item.count} ${item.kind === 'headline' ? 'mentions' : 'posts'}`;
  const cost = item.cost === undefined ? '' : ` · ${tellDollars(item.cost)} to read`;
  return make('li', {},
    make('p', { class: 'item-text', lang: item.language }, link),
    make('p', { class: 'item-facts' }, `${item.kind} · ${item.source} · `, makeTime(item.at), count, cost),
    make('p', { class: 'item-why' },
      make('meter', { min: 0, max: 1, value: item.heat, 'aria-label': `heat ${Math.round(item.heat * 100)} of 100` }),
      make('span', {}, tellWhy(item, receipt, first))));
}

function tellWhy(item, receipt, first) {
  // The words that it matched were the asker's.
  if (receipt.forgotten && !receipt.open) return 'what it matched is gone';
  if (item.matched.length > 0) return `matched ${item.matched.map((word) => `“${word}”`).join(', ')}`;
  return receipt.open && first ? 'it was the hottest thing around' : 'hot enough to come along';
}

function renderRefused(drafts) {
  if (drafts.length === 0) return [];
  return [
    make('h3', {}, 'Said to itself, not aloud'),
    make('ul', { class: 'receipt-refused' }, ...drafts.map((draft) => make('li', {}, draft.text === '' ? 'Its words are not kept: ' : make('s', {}, draft.text), make('span', {}, draft.refused)))),
  ];
}

function renderTimings(took) {
  const rest = Math.max(0, took.total - took.gather - took.model);
  const rows = [['Looking around', took.gather], ['Thinking', took.model], ['Everything else', rest], ['Total', took.total]];
  return make('dl', { class: 'receipt-total' }, ...rows.flatMap(([name, ms]) => fact(name, tellMs(ms))));
}

function tellMs(ms) {
  if (ms >= 10_000) return `${Math.round(ms / 1000)} s`;
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}

/** A thousandth is the least that is written, for a share of one does not tell more. */
function tellDollars(sum) {
  return sum > 0 && sum < 0.001 ? 'under $0.001' : `$${sum.toFixed(3)}`;
}
