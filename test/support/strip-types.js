// jest's transformer: Node's own type stripping, nothing else.
import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';

const strip = source => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) });

export default {
  process: strip,
  processAsync: async source => strip(source),
  getCacheKey: (source, path) => createHash('sha256').update(process.version).update(path).update('\0').update(source).digest('hex'),
};
