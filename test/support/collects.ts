// For a process whose memory is measured: every ten seconds it collects what nobody holds, gives it back to the system, and notes what is left (RSS, in MB) in a file that bears its id.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const folder = process.env['HELD_MEMORY'];
if (folder === undefined) throw new Error('HELD_MEMORY: which folder does what is left go to?');

setFlagsFromString('--expose-gc');
// An ordinary collection leaves half-empty pages behind, and room for what is new: how much is a matter of chance.
const collect = runInNewContext('gc') as (options: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void;
setInterval(() => {
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const file = join(folder, `${process.pid}`);
  writeFileSync(`${file}.new`, `${process.memoryUsage.rss() / 1_048_576}`);
  renameSync(`${file}.new`, file);
}, 10_000).unref();
