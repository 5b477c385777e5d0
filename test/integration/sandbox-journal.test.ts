import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openClient, openEmpty, type Status } from '../support/sandbox-client.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const journal = (): string => join(folder, 'sandbox.ndjson');

/** Opens the sandbox on the folder, does something in it and closes it. */
const visit = async <T>(act: (url: string) => Promise<T>): Promise<T> => {
  const sandbox = await openEmpty({ data: folder });
  try {
    return await act(sandbox.url);
  } finally {
    await sandbox.close();
  }
};

describe('the journal of the sandbox', () => {
  it('brings everything back after a restart', async () => {
    const { kept, gone } = await visit(async (url) => {
      const ada = openClient(url, 'ada');
      const posted = await ada.say('@repartee keep this', { language: 'de' });
      const deleted = await ada.say('@repartee drop this');
      await ada.send('DELETE', `/api/v1/statuses/${deleted.id}`);
      await openClient(url, 'bo').send('POST', `/api/v1/statuses/${posted.id}/favourite`);
      await ada.send('PATCH', '/api/v1/accounts/update_credentials', { display_name: 'Ada L.' });
      return { kept: posted, gone: deleted };
    });
    await visit(async (url) => {
      const mentions = await openClient(url, 'repartee').mentions();
      expect(mentions.map(({ status }) => status?.id)).toEqual([kept.id]);
      expect((await openClient(url).get(`/api/v1/statuses/${kept.id}`)).body).toMatchObject({ language: 'de', favourites_count: 1, account: { display_name: 'Ada L.', id: kept.account.id } });
      expect((await openClient(url).get(`/api/v1/statuses/${gone.id}`)).status).toBe(404);
    });
  });

  it('remembers an idempotency key over a restart', async () => {
    const send = (url: string) => openClient(url, 'ada').send('POST', '/api/v1/statuses', { status: 'once' }, { 'idempotency-key': 'k' });
    const first = await visit(send);
    expect((await visit(send)).body.id).toBe(first.body.id);
  });

  it.each(['post', 'account'])('gives no id of a %s twice, not even after a deletion, and not when the clock was set back', async (kind) => {
    const first = await visit(async (url) => {
      const posted = await openClient(url, 'ada').say('@repartee first');
      await openClient(url, 'ada').send('DELETE', `/api/v1/statuses/${posted.id}`);
      return posted;
    });
    // As if all of that had happened a year ahead of the clock that the next start finds.
    const id = kind === 'post' ? first.id : first.account.id;
    const ahead = (BigInt(id) + (BigInt(365 * 86_400_000) << 16n)).toString();
    writeFileSync(journal(), readFileSync(journal(), 'utf8').replaceAll(id, ahead));
    const ids = await visit(async (url) => Promise.all(['a', 'b', 'c'].map(async (text) => BigInt((await openClient(url, 'ada').say(text)).id))));
    expect(ids.every((given) => given > BigInt(ahead))).toBe(true);
    expect(new Set(ids).size).toBe(3);
  });

  it('lives with a torn last line, and says where the file is broken elsewhere', async () => {
    const posted = await visit((url) => openClient(url, 'ada').say('whole'));
    appendFileSync(journal(), '{"kind":"status","status":{"id":"1');
    const later = await visit((url) => openClient(url, 'ada').say('after the tear'));
    await visit(async (url) => {
      const { body } = await openClient(url).get<readonly Status[]>('/api/v1/timelines/public');
      expect(body.map(({ id }) => id)).toEqual([later.id, posted.id]);
    });
    appendFileSync(journal(), 'nonsense\n');
    await expect(openEmpty({ data: folder })).rejects.toThrow(/sandbox\.ndjson: line \d+ is not JSON/);
  });

  it('loses nothing it acknowledged when it is killed', async () => {
    const source = `import { openSandbox } from ${JSON.stringify(new URL('../../src/sandbox/index.ts', import.meta.url).href)};
      console.log((await openSandbox({ data: ${JSON.stringify(folder)}, town: false })).url);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout, 'data') as [Buffer];
    const ada = openClient(line.toString('utf8').trim(), 'ada');
    const acknowledged: string[] = [];
    const posting = (async () => {
      for (;;) acknowledged.push((await ada.say('@repartee quick')).id);
    })();
    while (acknowledged.length < 40) await new Promise((resume) => setTimeout(resume, 5));
    child.kill('SIGKILL');
    await expect(posting).rejects.toThrow();
    await visit(async (url) => {
      const held = new Set((await openClient(url).get<readonly Status[]>('/sandbox/timeline?limit=200')).body.map(({ id }) => id));
      expect(acknowledged.filter((id) => !held.has(id))).toEqual([]);
    });
  });
});
