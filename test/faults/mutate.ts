// Takes the guard out of each rule of the ledger, in a scratch copy, and sees that its test turns red: `npm run mutate`.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Mutation {
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
    find: 'patch: { draft, failures: undefined, ', replace: 'patch: { failures: undefined, ',
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
    rule: 8, without: 'the compare of the compare-and-set: who lost the lock writes all the same', file: 'src/store/ledger-lua.ts',
    find: 'if not fits then return nil end', replace: '',
    test: ['test/integration/ledger.test.ts', 'the ledger, on .* changes a record only from an expected state'],
  },
];

const root = resolve(import.meta.dirname, '../..');

/** Whether the test passes in the copy. */
async function passes(copy: string, [file, name]: Mutation['test']): Promise<boolean> {
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--testPathPatterns', file, '-t', `^${name}`, '--json', '--forceExit'];
  const report = await new Promise<string>(done => execFile(process.execPath, args, { cwd: copy, maxBuffer: 1e8, timeout: 120_000 }, (_, stdout) => done(stdout)));
  const { success, numPassedTests, numFailedTests } = JSON.parse(report) as { success: boolean; numPassedTests: number; numFailedTests: number };
  if (numPassedTests + numFailedTests === 0) throw new Error(`${file} has no test that begins with "${name}"`);
  return success;
}

async function mutate(): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'repartee-mutate-'));
  const copy = join(scratch, 'repartee');
  try {
    for (const part of ['src', 'workers', 'test', 'config', 'package.json', 'jest.config.js', 'tsconfig.json']) await cp(join(root, part), join(copy, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    let survivors = 0;
    for (const { rule, without, file, find, replace, test } of mutations) {
      const path = join(copy, file);
      const text = await readFile(path, 'utf8');
      if (text.split(find).length !== 2) throw new Error(`${file} holds "${find}" ${text.split(find).length - 1} times: the mutation must be written anew`);
      const isGreen = await passes(copy, test);
      await writeFile(path, text.replace(find, () => replace));
      const isRed = !(await passes(copy, test));
      await writeFile(path, text);
      if (!isGreen || !isRed) survivors += 1;
      process.stdout.write(`rule ${rule}, without ${without}: ${!isGreen ? 'its test fails even so' : isRed ? 'noticed' : 'NOT NOTICED'} (${test[0]}: ${test[1]})\n`);
    }
    process.stdout.write(`${mutations.length - survivors} of ${mutations.length} noticed\n`);
    return survivors === 0 ? 0 : 1;
  } finally {
    await rm(dirname(copy), { recursive: true, force: true });
  }
}

process.exitCode = await mutate();
