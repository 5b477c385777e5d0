/** Makes one element. Text and attributes are set as data, never parsed as markup; absent values are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') element.className = value;
    else if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== ''));
  return element;
}

const dropped = new Set(['script', 'style', 'template', 'iframe', 'object', 'noscript', 'svg', 'math']);

/** Turns a status's HTML into nodes of our own: paragraphs, line breaks, links and text, and nothing else. */
export function readForeignHtml(html) {
  const foreign = new DOMParser().parseFromString(html, 'text/html');
  const own = document.createDocumentFragment();
  copyChildren(foreign.body, own);
  return own;
}

function copyChildren(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) copyElement(node, to);
  }
}

function copyElement(element, to) {
  if (dropped.has(element.localName) || element.classList.contains('invisible')) return;
  const own = toOwnElement(element);
  copyChildren(element, own ?? to);
  if (own) to.append(own);
  // Mastodon cuts long addresses with these two classes; the dots are the reader's job.
  if (element.classList.contains('ellipsis')) (own ?? to).append('…');
}

function toOwnElement(element) {
  if (element.localName === 'p' || element.localName === 'br') return document.createElement(element.localName);
  if (element.localName !== 'a') return undefined;
  if (element.classList.contains('mention')) return make('span', { class: 'tag' });
  return toLink(element.getAttribute('href') ?? '');
}

/** A link that leaves the page, or a plain span when the address is not one to follow. */
export function toLink(href) {
  const followed = URL.canParse(href) && /^https?:$/.test(new URL(href).protocol) && !new URL(href).hostname.endsWith('.example');
  return followed ? make('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }) : make('span', { class: 'tag' });
}

const steps = [[60, 1, ' s'], [3600, 60, ' min'], [86_400, 3600, ' h'], [Infinity, 86_400, ' d']];

/** "14 min": how long ago, in one unit. */
export function tellAge(iso, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (Number.isNaN(seconds)) return '';
  if (seconds < 10) return 'now';
  const [, unit, name] = steps.find(([below]) => seconds < below);
  return `${Math.floor(seconds / unit)}${name}`;
}

/** A time element whose words `refreshAges` keeps true. */
export function makeTime(iso) {
  return make('time', { datetime: iso, title: new Date(iso).toLocaleString() }, tellAge(iso));
}

export function refreshAges() {
  for (const time of document.querySelectorAll('time')) time.textContent = tellAge(time.dateTime);
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** "French" for "fr"; what was given when it is no language tag. */
export function nameLanguage(tag) {
  try {
    return languageNames.of(tag);
  } catch {
    return tag;
  }
}

/** Runs once, when the element first comes near the screen. */
export function whenSeen(element, run) {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    run();
  }, { rootMargin: '200px' });
  watcher.observe(element);
}
