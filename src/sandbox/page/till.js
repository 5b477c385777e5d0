import { make } from './dom.js';

const $ = (id) => document.getElementById(id);
const tell = (sum) => `$${sum.toFixed(3)}`;

function tellBoth(sum, most) {
  if (most === 0) return 'Starting and waiting cost nothing.';
  if (most === sum) return 'Nothing came along with what was read.';
  return `X does not say whether what comes along with a post is billed. So it is ${tell(sum)}, or ${tell(most)} if it is.`;
}

/** What X would charge so far, and for what. */
export function showBill({ dollars: sum, dollarsWithIncludes: most, lines }) {
  if ($('till-sum').textContent !== tell(sum)) $('till-sum').textContent = tell(sum);
  $('till-both').textContent = tellBoth(sum, most);
  $('till-lines').replaceChildren(...lines.map((line) => make('tr', {},
    make('th', { scope: 'row' }, line.what), make('td', {}, `× ${line.count}`), make('td', {}, tell(line.dollars > 0 ? line.dollars : line.dollarsWithIncludes)),
    make('td', { class: 'till-note' }, line.dollars > 0 ? '' : 'perhaps'))));
}
