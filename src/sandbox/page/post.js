import { make, makeTime, nameLanguage, readForeignHtml, whenSeen } from './dom.js';
import { fetchReceipt, renderReceipt, summarise } from './receipt.js';

export const botHandle = 'repartee';

export function isByBot(status) {
  return status.account.acct === botHandle;
}

export function tagsBot(status) {
  return !isByBot(status) && status.mentions.some((mention) => mention.acct === botHandle);
}

/**
 * One post as a list entry: `entry` holds it, `replies` is the list its answers go to, `slot` is where the compose box may sit.
 * `actions.reply(status, slot)` and `actions.ask(status, slot)` are called by its buttons.
 */
export function renderPost(status, actions) {
  const replies = make('ol', { class: 'replies' });
  const slot = make('div', { class: 'slot' });
  const ofBot = isByBot(status);
  const engine = ofBot ? make('span', { class: 'engine' }) : undefined;
  const article = make('article', { class: `post${ofBot ? ' bot' : ''}`, id: `post-${status.id}`, tabindex: '-1', 'aria-label': `Post by ${status.account.display_name}` },
    // Relative on purpose: the address in the status names one host, and this page may be open under another name of this computer.
    make('img', { class: 'avatar', src: status.avatarPath ?? `/sandbox/avatars/${encodeURIComponent(status.account.acct)}.svg`, alt: '', width: 40, height: 40, loading: 'lazy' }),
    make('div', { class: 'post-main' },
      renderHead(status),
      renderBody(status),
      ofBot ? renderFold(status, engine) : undefined,
      renderFoot(status, slot, engine, actions)));
  return { entry: make('li', { class: 'thread' }, article, slot, replies), article, replies, slot };
}

function renderHead(status) {
  const { account, language } = status;
  return make('header', {},
    make('p', { class: 'by' },
      make('b', {}, account.display_name || account.username), ' ',
      make('span', { class: 'handle' }, `@${account.acct}`),
      account.bot ? make('span', { class: 'stamp' }, 'bot') : undefined),
    make('p', { class: 'when' },
      language ? make('abbr', { class: 'stamp', title: nameLanguage(language) }, language) : undefined,
      makeTime(status.created_at)),
    status.in_reply_to_id ? make('p', { class: 'orphan' }, `in reply to ${nameParent(status)}`) : undefined);
}

function nameParent(status) {
  const acct = status.in_reply_to_acct ?? (status.mentions.find((mention) => mention.id === status.in_reply_to_account_id) ?? status.mentions[0])?.acct;
  return acct ? `@${acct}` : 'an earlier post';
}

function renderBody(status) {
  const words = make('div', { class: 'words', lang: status.language || undefined, dir: 'auto' }, readForeignHtml(status.content));
  if (!status.spoiler_text) return words;
  return make('details', { class: 'warning' },
    make('summary', {}, make('span', { lang: status.language || undefined }, status.spoiler_text)), words);
}

/** The fold under an answer; what it was made with goes to `engine` as soon as the receipt is there. */
function renderFold(status, engine) {
  const label = make('span', {}, 'What it read');
  const inside = make('div', {}, make('p', { class: 'receipt-none' }, 'Looking for the receipt…'));
  const fold = make('details', { class: 'fold' }, make('summary', {}, label), inside);
  let settled = false;

  async function load() {
    if (settled) return;
    settled = true;
    let receipt;
    try {
      receipt = await fetchReceipt(status.receiptPath ?? `/sandbox/receipts/${encodeURIComponent(status.id)}`);
    } catch (error) {
      console.warn('The receipt could not be read:', error);
      settled = false;
    }
    if (!receipt) {
      inside.replaceChildren(make('p', { class: 'receipt-none' }, settled ? 'No receipt kept for this one.' : 'The sandbox did not answer.'));
      return;
    }
    inside.replaceChildren(renderReceipt(receipt));
    engine.textContent = receipt.model;
    label.textContent = `What it read: ${summarise(receipt)}`;
  }

  fold.addEventListener('toggle', () => void load());
  whenSeen(fold, () => void load());
  return fold;
}

function renderFoot(status, slot, engine, actions) {
  const likes = status.favourites_count;
  return make('footer', {},
    make('button', { type: 'button', class: 'quiet', click: () => actions.reply(status, slot), 'aria-label': `Reply to ${status.account.display_name}` }, 'Reply'),
    isByBot(status) ? undefined
      : make('button', { type: 'button', class: 'quiet ask', click: () => actions.ask(status, slot) }, `Ask @${botHandle} about this`),
    engine,
    likes > 0 ? make('span', { class: 'likes', title: `${likes} favourites` }, `♥ ${likes}`) : undefined);
}
