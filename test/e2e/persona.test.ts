// The voice is a file, and the file may change while the bot runs: edited by another process, as an editor would.
import { execFileSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { person, receiptOf } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';

const shipped = join(import.meta.dirname, '../../config/personas/gadfly.yaml');

it('is read anew for the next mention, and kept when the new one is broken', async () => {
  const folder = await freshFolder();
  const file = join(folder, 'voice.yaml');
  await copyFile(shipped, file);
  const edit = (script: string) => execFileSync('sed', ['-i', script, file]);
  const demo = runProgram(['start', '--persona', file], { env: { PORT: '0', REPARTEE_DATA: join(folder, 'data') } });
  const [, first = ''] = await demo.says(/voice: gadfly \((\w+)\)/);
  const [, url = ''] = await demo.says(/ready: (http:\/\/127\.0\.0\.1:\d+)/);
  const visitor = person(url, 'visitor');
  const ask = async (words: string) => {
    const { id } = await visitor.post(`@repartee ${words}`);
    const answer = await visitor.answer(id, 10_000);
    const receipt = await receiptOf<{ readonly persona: { readonly name: string; readonly version: string } }>(url, answer.id);
    return receipt.persona;
  };
  expect(await ask('is the goose right?')).toEqual({ name: 'gadfly', version: first });

  edit('s/^name: .*/name: horsefly/');
  const changed = await ask('is the ferry late?');
  expect(changed).toEqual({ name: 'horsefly', version: expect.not.stringMatching(first) });
  expect(demo.output()).toContain(`voice: horsefly (${changed.version}), read anew`);

  edit('s/^cheek: .*/cheek: eleven/');
  expect(await ask('is the bridge open?')).toEqual(changed);
  expect(demo.output()).toMatch(new RegExp(`voice\\.yaml:\\d+:\\d+: [^\\n]*cheek[^\\n]*; the voice stays horsefly \\(${changed.version}\\)`, 'u'));
  expect(await ask('and the market?')).toEqual(changed);
  expect(demo.output().match(/the voice stays/gu)).toHaveLength(1);

  edit('s/^cheek: .*/cheek: 3/');
  expect(await ask('and the toll?')).toMatchObject({ name: 'horsefly', version: expect.not.stringMatching(changed.version) });
  expect(await demo.end()).toBe(0);
}, 180_000);
