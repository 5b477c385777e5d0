import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rules } from './support/house-rules.ts';
import { readImports, toBareCode, type Files } from './support/imports.ts';

const root = join(import.meta.dirname, '..');

const project: Files = new Map(['src', 'workers', 'test']
  .flatMap(folder => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(path => `${folder}/${path.replaceAll('\\', '/')}`))
  .filter(path => /\.(?:ts|js|css|html)$/.test(path) && !/^test\/(?:artifacts|fixtures)\//.test(path))
  .map(path => [path, readFileSync(join(root, path), 'utf8')]));

/** A small house in order, to which every breach below is added. */
const house: Files = new Map(Object.entries({
  'src/core/types.ts': 'export type Id = string;\n',
  'src/core/ports.ts': "import type { Id } from './types.ts';\nexport interface Network { id: Id }\n",
  'src/pipeline/listen.ts': "import { createHash } from 'node:crypto';\nimport type { Network } from '../core/ports.ts';\nexport const listen = (network: Network) => createHash('sha256').update(network.id);\n",
  'src/networks/index.ts': "import { mastodon } from './mastodon/index.ts';\nexport const networks = { mastodon };\n",
  'src/networks/mastodon/index.ts': "import { createRestAPIClient } from 'masto';\nimport { openFetch } from '../../http.ts';\nexport const mastodon = { createRestAPIClient, openFetch };\n",
  'src/networks/x/index.ts': "export const openX = () => 'x';\n",
  'src/models/index.ts': "export { openChat } from './openai.ts';\n",
  'src/models/openai.ts': "import OpenAI from 'openai';\nexport const openChat = () => new OpenAI();\n",
  'src/models/fallback.ts': 'export const openFallback = () => undefined;\n',
  'src/store/redis.ts': "import { Redis } from 'ioredis';\n// Never any other client; process.env stays where it is.\nexport const open = () => new Redis('as any');\n",
  'src/sandbox/index.ts': "import { packageFile } from '../package-root.ts';\nexport const openSandbox = () => packageFile('mastodon');\n",
  'src/http.ts': "export const openFetch = (max = 1, x = /['\"/]/.test('a')) => AbortSignal.any([]) && max / 2 / 1 && x && 'x-header';\n",
  'src/package-root.ts': "export const packageFile = (name: string) => name;\n",
  'src/bot.ts': "import { networks } from './networks/index.ts';\nexport const openBot = () => networks;\nexport type Bot = ReturnType<typeof openBot>;\n",
  'src/settings.ts': 'export const { env } = process;\n',
  'src/web/index.ts': 'export const openWeb = () => undefined;\n',
  'src/cli/start.ts': "import { startWorkers } from '../../workers/index.ts';\nimport { openSandbox } from '../sandbox/index.ts';\nimport { openWeb } from '../web/index.ts';\nexport const addStart = () => [startWorkers, openSandbox, openWeb];\n",
  'src/main.ts': "import { addStart } from './cli/start.ts';\naddStart();\n",
  'workers/index.ts': "import { Worker } from 'bullmq';\nimport type { Bot } from '../src/bot.ts';\nimport { listen } from '../src/pipeline/listen.ts';\nexport const startWorkers = (bot: Bot) => [bot, Worker, listen];\n",
  'test/unit/listen.test.ts': "const maybe = process.env.CHROME ? describe : describe.skip;\nmaybe('mastodon', () => it('works', () => run().catch(error => note(error))));\nif (redis) over(redis);\nelse (missing ? describe.skip : describe)('none', run);\nelse describe.skip('none', run);\nif (redis === undefined) {\n  describe.skip('none', run);\n}\n",
}));

/** Rule → files that break it. */
const planted: Readonly<Record<string, readonly (readonly [path: string, text: string])[]>> = {
  'core imports nothing': [
    ['src/core/types.ts', "import type { Log } from '../log.ts';\n"],
    ['src/core/clock.ts', "import { performance } from 'node:perf_hooks';\n"],
    ['src/core/shape.ts', "export type Shape = import('zod').ZodType;\n"],
  ],
  'the pipeline imports core, itself and builtins': [
    ['src/pipeline/rank.ts', "import MiniSearch from 'minisearch';\n"],
    ['src/pipeline/gather.ts', "import type {\n  Fetch,\n  Result,\n} from '../http.ts';\n"],
    ['src/pipeline/publish.ts', "export * from '../store/redis.ts';\n"],
  ],
  'adapters import core, the common tools and themselves': [
    ['src/context/feeds.ts', "import { open } from '../store/redis.ts';\n"],
    ['src/models/openai.ts', "export { listen } from '../pipeline/listen.ts';\n"],
    ['src/personas/load.ts', "const { openBot } = await import('../bot.ts');\n"],
    ['src/moderation/lists.ts', "import type { Settings } from '../settings.ts';\n"],
  ],
  'a network imports no other network': [['src/networks/x/index.ts', "import { mastodon } from '../mastodon/index.ts';\n"]],
  'the common tools import at most core': [['src/http.ts', "import { open } from './store/redis.ts';\n"], ['src/log.ts', "import './settings.ts';\n"]],
  "workers import core, the pipeline, the log, the pool's refresh, and of the bot its types": [
    ['workers/index.ts', "import { openBot } from '../src/bot.ts';\n"],
    ['workers/sweep.ts', "import { open } from '../src/store/redis.ts';\n"],
  ],
  'the web imports core and, of what runs, only types': [['src/web/receipts.ts', "import { open } from '../store/redis.ts';\n"]],
  'workers and web are started by commands alone': [
    ['src/bot.ts', "import { startWorkers } from '../workers/index.ts';\n"],
    ['workers/board.ts', "import { openWeb } from '../src/web/index.ts';\n"],
  ],
  'commands are run by main alone': [['src/web/say.ts', "import { addStart } from '../cli/start.ts';\n"]],
  'the sandbox is opened by commands and tests alone': [['src/bot.ts', "import { openSandbox } from './sandbox/index.ts';\n"], ['workers/demo.ts', "await import(`../src/sandbox/index.ts`);\n"]],
  'the sandbox knows nothing of the program': [['src/sandbox/render.ts', "import type { Id } from '../core/types.ts';\n"]],
  'what runs imports no test': [['src/bot.ts', "import { rules } from '../test/support/house-rules.ts';\n"]],
  'bullmq lives in workers': [['src/store/redis.ts', "import type { Queue } from 'bullmq';\n"], ['src/cli/sweep.ts', "import { Queue } from 'bullmq';\n"]],
  'Redis clients live in the store and in workers': [
    ['src/context/pool.ts', "import type { Redis } from 'ioredis';\n"],
    ['src/web/index.ts', "import { RedisServerState } from 'js-redis-server/core';\n"],
  ],
  'the environment is read in settings alone': [
    ['src/http.ts', 'export const proxy = process.env.PROXY;\n'],
    ['src/log.ts', "export const level = process['env'].LEVEL;\n"],
    ['workers/index.ts', 'const { pid, env } = process;\n'],
  ],
  'process is not imported': [['src/http.ts', "import { env } from 'node:process';\n"]],
  'a network or a model is named only in its own folder, its registry, the sandbox, config and tests': [
    ['src/bot.ts', 'const isMastodon = true;\n'],
    ['src/pipeline/prompt.ts', '// As OPENAI wants it.\n'],
    ['src/context/mastodon-trends.ts', '\n'],
    ['src/networks/mastodon/open.ts', "import { toId } from '../x/ids.ts';\n"],
    ['src/pipeline/polish.ts', "const length = network.name === 'x' ? 280 : 500;\n"],
    ['workers/index.ts', 'openX();\n'],
  ],
  'imports make no circle': [
    ['src/core/types.ts', "import type { Network } from './ports.ts';\n"],
    ['src/pipeline/listen.ts', "export { listen } from './listen.ts';\n"],
  ],
  'no file has more than 300 lines': [['test/unit/long.test.ts', 'run();\n'.repeat(301)], ['src/sandbox/page/style.css', 'p {}\n'.repeat(301)]],
  'nothing has the type any': [
    ['src/log.ts', 'export const log = (line: any) => line;\n'],
    ['src/bot.ts', 'export const bot = {} as any;\n'],
    ['workers/queues.ts', 'export const queues = new Map<string, any>();\n'],
    ['test/unit/log.test.ts', 'const lines: any[] = [];\nconst table: Record<string, Array<any>> = {};\n'],
    ['src/yaml.ts', 'export const text = `${value as any}`;\n'],
  ],
  'no test stands alone': [['test/unit/log.test.ts', "describe.only('log', () => {});\n"], ['test/unit/yaml.test.ts', "it.only.each([1])('%s', run);\n"]],
  'a test is skipped only where something is missing': [
    ['test/unit/log.test.ts', "it.skip('is not ready', run);\n"],
    ['test/unit/yaml.test.ts', "xdescribe('yaml', run);\n"],
    ['test/unit/http.test.ts', 'const maybe = describe.skip;\n'],
    ['test/unit/bot.test.ts', "it.todo('opens');\n"],
  ],
  'no failure is swallowed': [
    ['src/log.ts', 'try {\n  run();\n} catch (error) {\n  // never mind\n}\n'],
    ['workers/index.ts', 'void run().catch(() => {});\n'],
    ['test/unit/log.test.ts', 'await run().catch(() => undefined);\n'],
  ],
};

describe('the house', () => {
  it.each(rules.map(rule => [rule.name, rule] as const))('holds: %s', (_, rule) => {
    expect(rule.breaches(project)).toEqual([]);
  });

  it('has the files that the rules are about', () => {
    expect([...project.keys()]).toEqual(expect.arrayContaining(['src/core/ports.ts', 'src/settings.ts', 'workers/index.ts', 'test/architecture.test.ts']));
  });
});

describe('the rules', () => {
  it.each(rules.map(rule => [rule.name, rule] as const))('let a house in order be: %s', (_, rule) => {
    expect(rule.breaches(house)).toEqual([]);
  });

  it.each(rules.map(rule => [rule.name, rule] as const))('fail on a planted breach of each rule: %s', (name, rule) => {
    const plants = planted[name] ?? [];
    expect(plants.length).toBeGreaterThan(0);
    for (const [path, text] of plants) {
      const breaches = rule.breaches(new Map([...house, [path, text]]));
      expect({ path, breaches }).toEqual({ path, breaches: expect.arrayContaining([expect.stringContaining(path)]) });
    }
  });
});

describe('the reader of imports', () => {
  it('sees every form, over lines, and takes neither comments nor strings for code', () => {
    const text = [
      "import a from 'one';", "import type { B } from './two.ts';", 'import {', '  c, // not from \'nowhere\'', '  type D,', "} from '../three.ts';", "export * as e from 'four';",
      "import 'five';", "const f = await import('six');", "// import g from 'comment';", 'const text = "import h from \'string\'";', "export type { I } from '../seven.ts';",
      "const from = 'nowhere'; export const j = `${await import(\"eight\")} import k from 'template'`;",
    ].join('\n');
    expect(readImports('src/a/b.ts', text).map(({ specifier, path, typeOnly }) => [specifier, path, typeOnly])).toEqual([
      ['one', undefined, false], ['./two.ts', 'src/a/two.ts', true], ['../three.ts', 'src/three.ts', false], ['four', undefined, false],
      ['five', undefined, false], ['six', undefined, false], ['../seven.ts', 'src/seven.ts', true], ['eight', undefined, false],
    ]);
  });

  it('blanks what is not code and moves nothing', () => {
    const text = "a = /[/'\"]/g.test('any'); // any\nb = c / d / `x${{ e: 1 }.e + 'any'}any`; /* any\nany */ f";
    const bare = toBareCode(text);
    expect(bare).not.toContain('any');
    expect(bare.length).toBe(text.length);
    expect(bare.replace(/\s+/g, '')).toBe("a=//g.test('');b=c/d/`${{e:1}.e+''}`;f");
  });
});
