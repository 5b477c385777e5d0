import { make } from './dom.js';
import { botHandle, isByBot, renderPost, tagsBot } from './post.js';

const patienceMs = 20_000;

/**
 * The list of conversations. A post goes under its parent when that is on the page; a parent that arrives after its
 * replies takes their place, so that a page read newest first is ordered by each conversation's latest post.
 */
export function openTimeline(list, actions) {
  const nodes = new Map();
  const orphans = new Map();

  function add(status, placeRoot) {
    const known = nodes.get(status.id);
    if (known) return known;
    const node = { status, ...renderPost(status, actions) };
    nodes.set(status.id, node);
    const parent = nodes.get(status.in_reply_to_id);
    const children = orphans.get(status.id) ?? [];
    orphans.delete(status.id);
    if (parent) insertReply(parent, node);
    else if (children.length > 0) topmost(children).entry.before(node.entry);
    else placeRoot(node.entry);
    if (!parent && status.in_reply_to_id) orphans.set(status.in_reply_to_id, [...(orphans.get(status.in_reply_to_id) ?? []), node]);
    for (const child of children) insertReply(node, child);
    if (isByBot(status) && parent) stopWaiting(parent);
    if (tagsBot(status) && !children.some((child) => isByBot(child.status))) waitForBot(node);
    return node;
  }

  return {
    /** Adds a page of older posts, newest first, at the end. */
    addOlder: (statuses) => statuses.forEach((status) => add(status, (entry) => list.append(entry))),
    /** Adds one new post at the top, or under its parent. Returns its article. */
    addNew: (status) => add(status, (entry) => list.prepend(entry)).article,
    has: (id) => nodes.has(id),
    remove(id) {
      const node = nodes.get(id);
      if (!node) return;
      nodes.delete(id);
      node.article.replaceWith(make('p', { class: 'gone' }, 'This post was taken back.'));
    },
  };
}

function insertReply(parent, node) {
  const after = [...parent.replies.children].findLast((entry) => entry.dataset.at <= node.status.created_at && !entry.classList.contains('typing'));
  node.entry.dataset.at = node.status.created_at;
  if (after) after.after(node.entry);
  else parent.replies.prepend(node.entry);
}

function topmost(nodes) {
  return nodes.reduce((first, node) => (first.entry.compareDocumentPosition(node.entry) & Node.DOCUMENT_POSITION_PRECEDING ? node : first));
}

function waitForBot(node) {
  const leftMs = Date.parse(node.status.created_at) + patienceMs - Date.now();
  if (leftMs <= 0) return;
  const line = make('span', {}, `${botHandle} is typing`);
  const typing = make('li', { class: 'typing' }, line, make('span', { class: 'dots', 'aria-hidden': 'true' }, make('i'), make('i'), make('i')));
  node.replies.append(typing);
  const timer = setTimeout(() => typing.replaceChildren('no answer yet'), Math.min(leftMs, patienceMs));
  node.waiting = { typing, timer };
}

function stopWaiting(node) {
  if (!node.waiting) return;
  clearTimeout(node.waiting.timer);
  node.waiting.typing.remove();
  node.waiting = undefined;
}
