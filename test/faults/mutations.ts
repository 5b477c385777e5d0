// Guards of the ledger's rules, and what the code looks like without each: a test must notice.

export interface Mutation {
  /** The rule as it is numbered among the eight of the ledger, and what is taken away. */
  readonly rule: number;
  readonly without: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The test that must notice: its file, and the beginning of its full name. */
  readonly test: readonly [string, string];
}

export const mutations: readonly Mutation[] = [
  {
    rule: 1, without: 'the frozen text: words are asked for again after an attempt that may have arrived', file: 'src/pipeline/publish.ts',
    find: "error.about === 'text' && drafts < 2 && !record.wasUnknown", replace: "error.about === 'text' && drafts < 2",
    test: ['test/unit/pipeline-settle.test.ts', 'an attempt whose outcome nobody knows keeps its text'],
  },
  {
    rule: 1, without: 'the draft in the ledger before the post', file: 'src/pipeline/compose.ts',
    find: 'patch: { draft, failures: undefined }', replace: 'patch: { failures: undefined }',
    test: ['test/unit/pipeline-publish.test.ts', 'a draft that is published is posted once, with its receipt'],
  },
  {
    rule: 2, without: 'the fence of the compare-and-set', file: 'src/store/ledger-lua.ts',
    find: "if ARGV[4] ~= '' and redis.call('HGET', KEYS[1], 'fence') ~= ARGV[4] then return nil end", replace: '',
    test: ['test/integration/ledger.test.ts', 'the ledger, on .* changes a record only for the fence that it carries'],
  },
  {
    rule: 2, without: 'the look at the clock just before the first byte', file: 'src/networks/mastodon/open.ts',
    find: "if (leftMs <= 0) throw new TemporaryError('the time to send this answer had run out, nothing was sent');", replace: '',
    test: ['test/unit/mastodon-answers.test.ts', 'a post that fails by the clock sends nothing'],
  },
  {
    rule: 2, without: 'the wait for the deadline of an attempt that may be under way', file: 'src/pipeline/settle.ts',
    find: "if (writableForMs > 0) return wait(left, 'an attempt may still be under way');", replace: '',
    test: ['test/unit/pipeline-settle.test.ts', 'a record that is being posted by a living process is waited for'],
  },
  {
    rule: 2, without: 'the one clock of all processes', file: 'src/store/ledger-lua.ts',
    find: "local parts = redis.call('TIME')\n  now = ", replace: "local parts = { 0, 0 }\n  now = ",
    test: ['test/integration/ledger.test.ts', 'the ledger, on .* counts deadlines by its own clock'],
  },
  {
    rule: 3, without: 'the unknown outcome: what a server says when it breaks is taken for "not posted"', file: 'src/networks/mastodon/failures.ts',
    find: 'return about === undefined ? new UnknownOutcomeError(said, { cause: error })', replace: 'return about === undefined ? new TemporaryError(said, { cause: error })',
    test: ['test/unit/mastodon-answers.test.ts', 'a post that fails by'],
  },
  {
    rule: 4, without: 'the idempotency key that stays the same', file: 'src/pipeline/publish.ts',
    find: '.update(`${record.network}/${record.account}/${record.id}/${draftNumber}`)', replace: '.update(`${record.network}/${record.account}/${record.id}/${draftNumber}/${Math.random()}`)',
    test: ['test/unit/pipeline-settle.test.ts', 'an attempt whose outcome nobody knows is sent again, the same text under the same key'],
  },
  {
    rule: 5, without: 'the second look', file: 'src/pipeline/settle.ts',
    find: 'const absencesNeeded = 2;', replace: 'const absencesNeeded = 1;',
    test: ['test/unit/pipeline-settle.test.ts', 'an attempt whose outcome nobody knows is sent again, the same text under the same key, once our reply was absent twice'],
  },
  {
    rule: 5, without: 'reading back at all', file: 'src/pipeline/settle.ts',
    find: 'if (read.found) return markPosted(record, read.found, tools, true);', replace: '',
    test: ['test/unit/pipeline-settle.test.ts', 'an attempt whose outcome nobody knows is posted when our reply is found'],
  },
  {
    rule: 6, without: 'looking for our reply after Redis came back with less', file: 'src/pipeline/compose.ts',
    find: 'if (record.verify) {', replace: 'if (record.verify && ledger === undefined) {',
    test: ['test/unit/pipeline-settle.test.ts', 'a mention that an earlier life of the ledger may have answered is not composed again'],
  },
  {
    rule: 6, without: 'the same for what was drafted before', file: 'src/pipeline/publish.ts',
    find: 'if (record.verify) {', replace: 'if (record.verify && ledger === undefined) {',
    test: ['test/unit/pipeline-settle.test.ts', 'a mention that an earlier life of the ledger may have answered is not posted again'],
  },
  {
    rule: 7, without: 'the ledger before the cursor: what the ledger holds is added anew', file: 'src/store/ledger-lua.ts',
    find: "if redis.call('EXISTS', KEYS[i]) == 0 then", replace: 'if true then',
    test: ['test/integration/ledger.test.ts', 'the ledger, on .* does not touch a record that it holds already'],
  },
  {
    rule: 7, without: 'the cursor that waits for the page', file: 'src/pipeline/listen.ts',
    find: 'page.cursor, { epoch, last: mark.last, next, isEnd, lease });', replace: "page.cursor + '0', { epoch, last: mark.last, next, isEnd, lease });",
    test: ['test/unit/pipeline-listen.test.ts', 'listening keeps the cursor at the last good page when a page fails'],
  },
  {
    rule: 7, without: 'the look whether the store was emptied since the page before', file: 'src/store/ledger-lua.ts',
    find: "if ARGV[6] ~= '' and redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED') end", replace: '',
    test: ['test/integration/ledger.test.ts', 'the ledger, on .* refuses a page that goes on from another one'],
  },
  {
    rule: 8, without: 'the compare of the compare-and-set: who lost the lock writes all the same', file: 'src/store/ledger-lua.ts',
    find: 'if not fits then return nil end', replace: '',
    test: ['test/integration/ledger.test.ts', 'the ledger, on .* changes a record only from an expected state'],
  },
  {
    rule: 8, without: 'the time of the last change: a look that lasted long undoes what was decided meanwhile',
    file: 'src/pipeline/edited.ts',
    find: 'since: record.updatedAt, ', replace: '',
    test: ['test/unit/pipeline-edited-races.test.ts', 'two runs of one mention a look that lasts longer than an attempt of another one leaves the frozen text as it is'],
  },
  {
    rule: 8, without: 'the number of the draft: a model that thought too long answers words that were edited away',
    file: 'src/store/ledger-lua.ts',
    find: "if ARGV[10] ~= '' and redis.call('HGET', KEYS[1], 'draftNumber') ~= ARGV[10] then return nil end", replace: '',
    test: ['test/unit/pipeline-edited-races.test.ts', 'two runs of one mention a model that thinks until the words have changed is not heard'],
  },
];
