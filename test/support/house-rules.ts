// The house rules, each one a pure function over the project's files: what it returns are breaches, one line each.
import { readImports, toBareCode, type Files, type Import } from './imports.ts';

export interface Rule {
  readonly name: string;
  breaches(files: Files): string[];
}

const adapters = ['context', 'models', 'moderation', 'networks', 'personas', 'store'].map(each => `src/${each}`);
/** What every adapter may use besides the words of core. */
const tools = ['src/http.ts', 'src/yaml.ts', 'src/package-root.ts'];
/** What runs; tests are held by fewer rules. */
const program = ['src', 'workers'];

const within = (path: string, ...places: readonly string[]): boolean => places.some(place => path === place || path.startsWith(`${place}/`));
const isCode = (path: string): boolean => /\.[jt]s$/.test(path);

function lookAt(files: Files, places: readonly string[], found: (path: string, text: string) => readonly string[]): string[] {
  return [...files].filter(([path]) => isCode(path) && within(path, ...places)).flatMap(([path, text]) => found(path, text));
}

/** Imports in `places` that are not allowed there. */
const refuseImports = (name: string, places: readonly string[], allowed: (each: Import, from: string) => boolean): Rule => ({
  name,
  breaches: files => lookAt(files, places, (path, text) =>
    readImports(path, text).filter(each => !allowed(each, path)).map(({ specifier, typeOnly }) => `${path} imports ${typeOnly ? 'types of ' : ''}${specifier}`)),
});

/** Allows these files of the project, and whatever is not a file of the project. */
const own = ({ path }: Import, ...places: readonly string[]): boolean => path === undefined || within(path, ...places);

/** Parts of code, never of a comment or a string, that must not be there. */
const refuseCode = (name: string, places: readonly string[], pattern: RegExp, except: readonly string[] = []): Rule => ({
  name,
  breaches: files => lookAt(files, places, (path, text) => (within(path, ...except) ? [] : matchesIn(path, toBareCode(text), pattern))),
});

const matchesIn = (path: string, text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(({ 0: what, index }) => `${path}:${text.slice(0, index).split('\n').length}: ${what.trim().replace(/\s+/g, ' ')}`);

const isPackage = ({ specifier }: Import, name: string): boolean => specifier === name || specifier.startsWith(`${name}/`);

/** Networks are folders; models are files or folders. A wrapper is neither: its name is an ordinary word. */
function readNames(files: Files): { name: string; homes: readonly string[] }[] {
  const wrappers = ['fallback'];
  const namesBy = (pattern: RegExp): Set<string> => new Set([...files.keys()].flatMap(path => pattern.exec(path)?.[1] ?? []).filter(name => name !== 'index' && !wrappers.includes(name)));
  return [
    ...[...namesBy(/^src\/networks\/([^/]+)\//)].map(name => ({ name, homes: ['src/networks/index.ts', `src/networks/${name}`] })),
    ...[...namesBy(/^src\/models\/([^/.]+)(?:\.ts$|\/)/)].map(name => ({ name, homes: ['src/models/index.ts', `src/models/${name}.ts`, `src/models/${name}`] })),
  ];
}

/** A name in any case and inside of anything; one of a letter or two only where it cannot be part of something else. */
function patternOf(name: string): RegExp {
  const exact = name.replace(/[^\w]/g, String.raw`\$&`);
  if (name.length > 2) return new RegExp(exact, 'gi');
  const literal = String.raw`(?<=['"${'`'}])${exact}(?=['"${'`'}])`;
  const pathStep = String.raw`(?<=/)${exact}(?=[/.'"${'`'}])`;
  const capital = String.raw`(?<![A-Z\d\\])${exact.toUpperCase()}(?![\w-])`;
  return new RegExp([literal, pathStep, capital].join('|'), 'g');
}

const names: Rule = {
  name: 'a network or a model is named only in its own folder, its registry, the sandbox, config and tests',
  breaches: files => readNames(files).flatMap(({ name, homes }) => lookAt(files, program, (path, text) =>
    (within(path, 'src/sandbox', ...homes) ? [] : [...matchesIn(path, text, patternOf(name)), ...matchesIn(path, `/${path}`, patternOf(name))]))),
};

const cycles: Rule = {
  name: 'imports make no circle',
  breaches(files) {
    const done = new Set<string>();
    const found: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (trail.includes(path) || done.has(path)) return;
      const text = files.get(path) ?? '';
      for (const { path: target } of readImports(path, text)) if (target !== undefined && files.has(target)) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of files.keys()) if (isCode(path)) visit(path, []);
    return found;
  },
};

const mostLines = 300;

const length: Rule = {
  name: `no file has more than ${mostLines} lines`,
  breaches: files => [...files].map(([path, text]) => ({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }))
    .filter(({ lines }) => lines > mostLines).map(({ path, lines }) => `${path} has ${lines} lines`),
};

const everywhere = [...program, 'test'];

export const rules: readonly Rule[] = [
  refuseImports('core imports nothing', ['src/core'], each => each.path !== undefined && within(each.path, 'src/core')),
  refuseImports('the pipeline imports core, itself and builtins', ['src/pipeline'],
    each => each.specifier.startsWith('node:') || (each.path !== undefined && within(each.path, 'src/core', 'src/pipeline'))),
  refuseImports('adapters import core, the common tools and themselves', adapters,
    (each, from) => own(each, 'src/core', ...tools, ...adapters.filter(place => within(from, place)))),
  refuseImports('a network imports no other network', ['src/networks'], (each, from) => {
    const home = /^src\/networks\/[^/]+(?=\/)/.exec(from)?.[0];
    return home === undefined || each.path === undefined || !within(each.path, 'src/networks') || within(each.path, home);
  }),
  refuseImports('the common tools import at most core', [...tools, 'src/log.ts'], each => own(each, 'src/core')),
  refuseImports('workers import core, the pipeline, the log, the pool\'s refresh, and of the bot its types', ['workers'],
    each => own(each, 'src/core', 'src/pipeline', 'src/log.ts', 'src/context/refresh.ts', 'workers', ...(each.typeOnly ? ['src/bot.ts'] : []))),
  refuseImports('the web imports core and, of what runs, only types', ['src/web'], each => own(each, 'src/core', 'src/web', 'src/package-root.ts', ...(each.typeOnly ? ['src/bot.ts'] : []))),
  refuseImports('workers and web are started by commands alone', program,
    (each, from) => each.path === undefined || within(from, 'src/cli') || ['workers', 'src/web'].every(place => within(from, place) || !within(each.path ?? '', place))),
  refuseImports('commands are run by main alone', program,
    (each, from) => each.path === undefined || !within(each.path, 'src/cli') || within(from, 'src/cli', 'src/main.ts')),
  refuseImports('the sandbox is opened by commands and tests alone', program,
    (each, from) => each.path === undefined || !within(each.path, 'src/sandbox') || within(from, 'src/cli', 'src/sandbox')),
  refuseImports('the sandbox knows nothing of the program', ['src/sandbox'], each => own(each, 'src/sandbox', 'src/package-root.ts')),
  refuseImports('what runs imports no test', program, each => each.path === undefined || within(each.path, ...program)),
  refuseImports('bullmq lives in workers', program, (each, from) => !isPackage(each, 'bullmq') || within(from, 'workers')),
  refuseImports('Redis clients live in the store and in workers', program,
    (each, from) => !['ioredis', 'js-redis-server'].some(name => isPackage(each, name)) || within(from, 'src/store', 'workers')),
  refuseCode('the environment is read in settings alone', program, /\bprocess\s*(?:\?\.|\.)\s*env\b|\bprocess\s*(?:\?\.)?\[|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b(?!\s*\.)/g, ['src/settings.ts']),
  refuseImports('process is not imported', program, ({ specifier }) => !/^(?:node:)?process$/.test(specifier)),
  names,
  cycles,
  length,
  refuseCode('nothing has the type any', everywhere, /(?<![.\w$])any(?![\w$]|\s*\??:|\s*\()|\bas\s+any\b/g),
  refuseCode('no test stands alone', ['test'], /\b(?:describe|it|test)\s*(?:\.\w+)*\.only\b|\bf(?:it|describe)\s*\(/g),
  refuseCode('a test is skipped only where something is missing', ['test'],
    /\bx(?:it|describe|test)\s*\(|\b(?:it|test)\.todo\b|(?<!\?[^;\n]*:\s*|\?\s*|\belse\s+|\bif\s*\([^;{}]*\)\s*\{?\s*)\b(?:describe|it|test)\.skip\b/g),
  refuseCode('no failure is swallowed', everywhere, /\bcatch\s*(?:\([^()]*\)\s*)?\{\s*\}|\.catch\(\s*(?:async\s*)?\(?\s*\w*\s*\)?\s*=>\s*(?:\{\s*\}|undefined|null|void 0)\s*,?\s*\)/g),
];
