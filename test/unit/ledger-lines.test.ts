import { describe, expect, it } from '@jest/globals';
import { readLines } from '../../src/store/ledger-lines.ts';
import { aMention, aReceipt, self } from '../support/fixtures.ts';

const network = 'faketown';
const first = '{"kind":"ledger","version":1,"at":"now"}\n';
const cursor = `${JSON.stringify({ kind: 'cursor', network, account: self.account, cursor: 'c' })}\n`;
const last = '{"kind":"end","records":1,"receipts":0,"cursors":1}\n';
const mention = aMention('1');
const record = (more: object = {}, fields: object = {}, texts: object = {}) =>
  `${first}${JSON.stringify({ kind: 'record', network, account: self.account, id: '1', state: 'seen', fields: { mention, seenAt: 1, updatedAt: 1, draftNumber: 1, ...fields }, texts: { mention, ...texts }, ...more })}\n${cursor}${last}`;

const withNote = (note: object) => record().replace('"version":1', '"version":2').replace(last, `${JSON.stringify({ kind: 'note', ...note })}\n${last.replace('"cursors"', '"notes":1,"cursors"')}`);

describe('the reader of an exported ledger', () => {
  it('takes what is right', () => {
    expect(readLines(record(), 'f').map(({ kind }) => kind)).toEqual(['ledger', 'record', 'cursor', 'end']);
    expect(readLines(record({}, { somethingNew: [1] }), 'f')[1]).toMatchObject({ fields: { somethingNew: [1] } });
    expect(readLines(record({}, { way: 'drafted+12,ready+-3,posti,...,unknown+1400' }), 'f')[1]).toMatchObject({ fields: { way: 'drafted+12,ready+-3,posti,...,unknown+1400' } });
    expect(readLines(record({ state: 'ready' }, {}, { draft: { number: 1, text: 'x', language: 'en', receipt: aReceipt(mention, 'x') } }), 'f')).toHaveLength(4);
    expect(readLines(record({ state: 'posted' }, {}), 'f')).toHaveLength(4);
    // Words that had to go took the draft along.
    expect(readLines(record({ state: 'ready' }, {}, { mention: undefined }), 'f')).toHaveLength(4);
    expect(readLines(record().replaceAll('\n', '\r\n'), 'f')).toHaveLength(4);
    expect(readLines(withNote({ key: 'repartee:halt', value: { '*': 'why' } }), 'f').map(({ kind }) => kind)).toEqual(['ledger', 'record', 'cursor', 'note', 'end']);
  });

  it.each([
    ['no JSON', `${first}nonsense\n`, 'line 2: it is not JSON; nothing was imported'],
    ['another kind of file', '{"kind":"cursor","network":"faketown","account":"a","cursor":"c"}\n', 'line 1: this is no export of a ledger'],
    ['a later version', '{"kind":"ledger","version":3,"at":"now"}\n', 'line 1: version: this program reads versions 1 and 2'],
    ['a note that is none of ours', withNote({ key: 'repartee:vault:mastodon', value: 'x' }), 'line 4: key: is nothing that comes along'],
    ['a note about everything', withNote({ key: 'repartee:quiet:', value: '1' }), 'line 4: key: is nothing that comes along'],
    ['a note of another shape', withNote({ key: 'repartee:left-alone:salted', value: 'somebody' }), 'line 4: value: is not what belongs there'],
    ['a note that nobody can read', withNote({ key: 'repartee:concerned:faketown:a:r1', value: '{"id":"m1","by":"ann"}' }), 'line 4: value: is not what belongs there'],
    ['a note without its value', withNote({ key: 'repartee:halt' }), 'line 4: value: '],
    ['a file that lost its notes', withNote({ key: 'repartee:halt', value: { '*': 'why' } }).replace(/.*"note".*\n/u, ''), 'line 4: it counts 1 notes, and the file holds 0: it is not whole'],
    ['a name that is none', `${first}{"kind":"cursor","network":"a:b","account":"a","cursor":"c"}\n`, 'line 2: network: no name of a network'],
    ['a file that was cut off', record().replace(last, ''), 'line 3: the file is cut off'],
    ['a file that lost a line', record().replace('"records":1', '"records":99'), 'line 4: it counts 99 records, and the file holds 1: it is not whole'],
    ['a file that lost its cursors', record().replace(cursor, '').replace('"cursors":1', '"cursors":0'), 'line 2: the file holds no cursor of this account: it is not whole'],
    ['half a line', record().slice(0, -60), 'line 3: it is not JSON'],
    ['nothing', '', 'line 1'],
    ['an unknown state', record({ state: 'lost' }), 'line 2: state: '],
    ['a record about nothing', record({}, { mention: 'nonsense' }), 'line 2: fields.mention: '],
    ['a record about another mention', record({}, { mention: aMention('2') }), 'line 2: fields.mention: is another mention'],
    ['a draft for another mention', record({}, {}, { draft: { number: 1, text: 'x', language: 'en', receipt: aReceipt(aMention('2'), 'x') } }), 'line 2: texts.draft: is for another mention'],
    ['a record that is sure of itself', record({}, { epoch: 'one' }), 'line 2: fields: holds a field that does not belong there'],
    ['a time between two milliseconds', record({ textsEndAt: 1_795_700_000_000.5 }), 'line 2: textsEndAt: '],
    ['a time that no calendar knows', record({}, { updatedAt: 1e17 }), 'line 2: fields.updatedAt: '],
    ['a way that is none', record({}, { way: `a${'\\'.repeat(300)},b` }), 'line 2: fields.way: is no way of a record'],
    ['a way that is no text', record({}, { way: ['drafted+12'] }), 'line 2: fields.way: '],
    ...(['drafted', 'held', 'ready', 'posting', 'unknown'] as const).map(state => [`a mention that is ${state} without a draft`, record({ state }), `line 2: texts.draft: is missing, and a mention that is ${state} has one`] as const),
    ...(['failures', 'crashes', 'calls', 'absences', 'reworded', 'wasUnknown', 'ordered', 'erase', 'duplicate', 'reply', 'granted'] as const).map(field => [`nonsense for ${field}`, record({}, { [field]: 'nonsense' }), `line 2: fields.${field}: `] as const),
    ['half a failure', record({}, { failures: 0.5 }), 'line 2: fields.failures: '],
    ['a draft that was changed nonsense times', record({}, {}, { draft: { number: 1, text: 'x', language: 'en', receipt: aReceipt(mention, 'x'), edits: 'nonsense' } }), 'line 2: texts.draft.edits: '],
    ['a record that packs another one', record({}, { rest: '{}' }), 'line 2: fields: holds a field'],
  ])('refuses %s', (_, file, said) => {
    expect(() => readLines(file, 'ledger.ndjson')).toThrow(`ledger.ndjson: ${said}`);
  });
});
