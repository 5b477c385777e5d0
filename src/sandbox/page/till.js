import { make } from './dom.js';

const $ = (id) => document.getElementById(id);
const tell = (sum) => `$${sum.toFixed(3)}`;

function tellBoth(sum, most) {
  if (most === 0) return 'Starting and waiting cost nothing.';
  if (most === sum) return 'Nothing came along with what was read.';
  return `X does not say whether what comes along with a post is billed. So it is ${tell(sum)}, or ${tell(most)} if it is.`;
}

let paid;

$('till').addEventListener('animationend', () => $('till').classList.remove('rung'));

/** What X would charge so far, and for what; the till rings when that grew. */
export function showBill({ dollars: sum, dollarsWithIncludes: most, lines }) {
  if (sum > paid) $('till').classList.add('rung');
  paid = sum;
  if ($('till-sum').textContent !== tell(sum)) $('till-sum').textContent = tell(sum);
  $('till-both').textContent = tellBoth(sum, most);
  $('till-lines').replaceChildren(...lines.map(renderLine));
}

function renderLine({ what, count, dollars, dollarsWithIncludes: most }) {
  const isSure = dollars > 0;
  return make('tr', {},
    make('th', { scope: 'row' }, what, isSure ? undefined : make('span', { class: 'till-note' }, ', perhaps')),
    make('td', {}, `× ${count}`), make('td', { class: isSure ? undefined : 'till-note' }, tell(isSure ? dollars : most)));
}
