import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseDocument } from 'yaml';
import { model } from '../../src/models/index.ts';
import * as networks from '../../src/networks/index.ts';
import { readSettings, schema, withDemo } from '../../src/settings.ts';
import { parseYaml } from '../../src/yaml.ts';

const root = join(import.meta.dirname, '..', '..');
const packaged = join(root, 'config', 'repartee.yaml');
const variables = [...Object.values(networks).flatMap(({ environment }) => Object.values(environment)), ...Object.values(model.environment), 'REDIS_URL', 'PORT', 'REPARTEE_DATA', 'REPARTEE_CONFIG'];

let folder = '';
const home = process.cwd();

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'settings-')));
  process.chdir(folder);
  for (const name of [...variables, 'MY_TOKEN', 'MY_FEED']) delete process.env[name];
});

afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const write = (text: string, name = 'mine.yaml'): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const read = (text: string) => readSettings({ config: write(text) });
const setTo = (environment: Readonly<Record<string, string>>): void => {
  Object.assign(process.env, environment);
};
const wrong = (message: string | RegExp) => expect.objectContaining({ name: 'SetupError', message: typeof message === 'string' ? message : expect.stringMatching(message) });
const failure = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('which config file is read', () => {
  it('is the packaged one when there is no other', () => {
    expect(readSettings()).toMatchObject({ file: packaged, persona: 'gadfly', networks: {}, port: 4000, data: join(folder, 'data') });
  });

  it('is ./config/repartee.yaml rather than the packaged one, with the personas beside it', () => {
    mkdirSync('config');
    write('persona: mine\n', 'config/repartee.yaml');
    expect(readSettings()).toMatchObject({ file: 'config/repartee.yaml', persona: 'mine', personaFolders: [join(folder, 'config', 'personas'), join(root, 'config', 'personas')] });
  });

  it('is the one of REPARTEE_CONFIG rather than ./config, and the one of --config before all', () => {
    mkdirSync('config');
    write('persona: house\n', 'config/repartee.yaml');
    setTo({ REPARTEE_CONFIG: write('persona: variable\n', 'variable.yaml') });
    expect(readSettings().persona).toBe('variable');
    expect(readSettings({ config: write('persona: flag\n') }).persona).toBe('flag');
  });

  it('is not asked of an empty REPARTEE_CONFIG', () => {
    setTo({ REPARTEE_CONFIG: '' });
    expect(readSettings().file).toBe(packaged);
  });

  it('must exist, and the message says who named it', () => {
    expect(failure(() => readSettings({ config: 'gone.yaml' }))).toEqual(wrong('config file gone.yaml does not exist: check --config'));
    setTo({ REPARTEE_CONFIG: 'away.yaml' });
    expect(failure(() => readSettings())).toEqual(wrong('config file away.yaml does not exist: check REPARTEE_CONFIG'));
  });

  it('must be a file', () => {
    mkdirSync('folder');
    expect(failure(() => readSettings({ config: 'folder' }))).toEqual(wrong(/^folder cannot be read: .*EISDIR/));
  });
});

describe('what is written wrong', () => {
  it.each([
    ['an unknown setting near a known one', 'persona: gadfly\nanswer:\n  maxLenght: 300\n', "mine.yaml:3:3: unknown setting 'answer.maxLenght': did you mean 'maxLength'?"],
    ['an unknown setting near none', 'posting:\n  colour: red\n', "mine.yaml:2:3: unknown setting 'posting.colour': known here: timeoutSeconds, settleSeconds, onUnknown"],
    ['an unknown setting whose variable is not set', 'model:\n  kee: $MY_TOKEN\n', "mine.yaml:2:3: unknown setting 'model.kee': did you mean 'key'?"],
    ['an unknown setting without a value', 'personna:\n', "mine.yaml:1:1: unknown setting 'personna': did you mean 'persona'?"],
    ['a wrong type', 'keepDays: long\n', 'mine.yaml:1:1: keepDays: Invalid input: expected number, received string'],
    ['records that are forgotten before they are too old', 'keepDays: 0.25\n', 'mine.yaml: keepDays: 0.25 is less than answer.maxAgeHours (12): what is forgotten before it is too old could be answered twice'],
    ['a value outside its range', 'answer:\n  maxLength: 3\n', 'mine.yaml:2:3: answer.maxLength: Too small: expected number to be >=40'],
    ['an address of another kind in a list', 'context:\n  feeds:\n    - https://news.example/rss\n    - file:///etc/passwd\n', 'mine.yaml:4:7: context.feeds.1: must be an http(s) address'],
    ['a network that there is none of', 'approval: [mastodon, friendface]\n', 'mine.yaml:1:1: approval: must be true, false or a list of networks: mastodon, x'],
    ['an owner without his network', 'owner:\n  - "@ada@town.example"\n', 'mine.yaml:2:5: owner.0: must be written as network:handle'],
    ['a proxy that is a name', 'web:\n  proxies: [172.18.0.0/16, "::1", uniquelocal]\n', 'mine.yaml:2:35: web.proxies.2: must be an address, or a range such as 172.18.0.0/16'],
    ['a list in place of a mapping', '- persona\n', 'mine.yaml:1:1: the file: Invalid input: expected object, received array'],
    ['a value in place of a mapping', 'networks: yes\n', 'mine.yaml:1:1: networks: Invalid input: expected object, received string'],
  ])('%s is told with its place', (_, text, message) => {
    expect(failure(() => read(text))).toEqual(wrong(message));
  });

  it('every fault has its line', () => {
    expect(failure(() => read('keepDays: 0\nstore: disk\n'))).toEqual(wrong(/^mine\.yaml:2:1: store: [^\n]*"embedded"\nmine\.yaml:1:1: keepDays: .*$/));
  });

  it('YAML that is none is told with line and column', () => {
    expect(failure(() => read('persona: gadfly\nmodel: {name: [\n'))).toEqual(wrong(/^mine\.yaml:3:1: not valid YAML: /));
  });

  it.each(['12a', '65536', '-1', '4.5', ' ', '0x10'])('PORT=%s is no port', port => {
    setTo({ PORT: port });
    expect(failure(() => readSettings())).toEqual(wrong(`PORT: '${port}' is no port: give a number from 0 to 65535`));
    expect(readSettings({ port: 5000 }).port).toBe(5000);
  });

  it('half a network is told', () => {
    setTo({ MASTODON_URL: 'https://social.example' });
    expect(failure(() => readSettings())).toEqual(wrong('MASTODON_URL is set, but MASTODON_TOKEN is missing'));
  });
});

describe('secrets', () => {
  it.each([
    ['networks:\n  mastodon:\n    token: tell-nobody\n', 'networks.mastodon.token', '$MASTODON_TOKEN'],
    ['model:\n  key: tell-nobody\n', 'model.key', '$OPENAI_API_KEY'],
    ['redisUrl: redis://:tell-nobody@db.example\n', 'redisUrl', '$REDIS_URL'],
    ['model:\n  key: 12345678\n', 'model.key', '$OPENAI_API_KEY'],
  ])('do not belong into the file, and are not repeated: %j', (text, path, variable) => {
    const error = failure(() => read(text));
    expect(error).toEqual(wrong(`${path}: secrets do not belong into the config file: put it into .env and write ${variable} here`));
    expect(String(error)).not.toMatch(/tell-nobody|12345678/);
  });

  it('are known for the scrubber, the password of an address by itself and as it is sent', () => {
    setTo({ MASTODON_URL: 'https://social.example', MASTODON_TOKEN: 'token-one', OPENAI_API_KEY: 'key-two', REDIS_URL: 'redis://:pass%20three@db.example' });
    expect(readSettings().secrets.toSorted()).toEqual(['key-two', 'pass three', 'pass%20three', 'token-one']);
  });

  it('are the whole of an address that is none', () => {
    setTo({ REDIS_URL: 'tell nobody' });
    expect(readSettings().secrets).toContain('tell nobody');
  });

  it('do not hide where a store without a password is', () => {
    setTo({ REDIS_URL: 'redis://db.example:6379' });
    expect(readSettings().secrets).toEqual([]);
  });

  it('may hold a stray percent sign', () => {
    setTo({ REDIS_URL: 'redis://:100%sure@db.example' });
    expect(readSettings().secrets).toContain('100%sure');
  });
});

describe('the environment', () => {
  it('fills $NAME', () => {
    setTo({ MY_TOKEN: 'abcdef', MY_FEED: 'https://news.example/rss' });
    const settings = read('networks:\n  mastodon:\n    url: https://social.example\n    token: $MY_TOKEN\ncontext:\n  feeds: [$MY_FEED]\n');
    expect(settings.networks).toMatchObject({ mastodon: { url: 'https://social.example', token: 'abcdef' } });
    expect(settings.context.feeds).toEqual(['https://news.example/rss']);
  });

  it('fills what the file leaves out, and the file beats it', () => {
    setTo({ OPENAI_MODEL: 'from-outside', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' });
    expect(readSettings().model).toMatchObject({ name: 'from-outside', baseUrl: 'http://127.0.0.1:1/v1' });
    expect(read('model:\n  name: from-file\n').model).toMatchObject({ name: 'from-file', baseUrl: 'http://127.0.0.1:1/v1' });
    expect(read('model:\n').model).toMatchObject({ name: 'from-outside' });
  });

  it('is blamed for what came from it, without its value', () => {
    setTo({ OPENAI_BASE_URL: 'gopher://secret.example' });
    expect(failure(() => readSettings())).toEqual(wrong('OPENAI_BASE_URL: must be an http(s) address, such as http://127.0.0.1:8080/v1'));
  });

  it('counts as absent where it is empty', () => {
    setTo(Object.fromEntries(variables.map(name => [name, ''])));
    expect(readSettings()).toMatchObject({ networks: {}, port: 4000, data: join(folder, 'data'), secrets: [] });
  });

  it('is read from .env too, which loses against what is set', () => {
    write('PORT=4100\nREPARTEE_DATA=kept\n', '.env');
    setTo({ PORT: '4200' });
    expect(readSettings()).toMatchObject({ port: 4200, data: join(folder, 'kept') });
  });
});

describe('who has a say', () => {
  it('is nobody, or a human on the networks that are named, or on all', () => {
    expect(readSettings()).toMatchObject({ approval: [], owners: [] });
    expect(read('approval: [x]\nowner: ["mastodon:Ada@Town.example"]\n')).toMatchObject({ approval: ['x'], owners: ['mastodon:ada@town.example'] });
    expect(read('approval: true\n').approval).toEqual(['mastodon', 'x']);
    expect(read('approval: false\n').approval).toEqual([]);
  });
});

describe('the demo', () => {
  it('turns on what it brings along and keeps the feeds that were chosen', () => {
    const demo = { networks: { mastodon: { url: 'http://127.0.0.1:1', token: 'bot' } }, feeds: ['http://127.0.0.1:1/feed'], allowHosts: ['127.0.0.1:1'] };
    expect(withDemo(readSettings(), demo)).toMatchObject({ networks: { mastodon: { token: 'bot', pollSeconds: 30 } }, context: { feeds: demo.feeds, allowHosts: demo.allowHosts } });
    const chosen = withDemo(read('context:\n  feeds: [https://news.example/rss]\n  allowHosts: [news.example]\n'), demo);
    expect(chosen.context).toMatchObject({ feeds: ['https://news.example/rss'], allowHosts: ['news.example', '127.0.0.1:1'] });
  });
});

describe('the packaged config file', () => {
  const text = readFileSync(packaged, 'utf8');
  const uncommented = text.replace(/^( *)#(?=\w+: )/gm, '$1');

  it('says exactly the defaults', () => {
    expect(parseYaml(text, packaged, schema)).toEqual(schema.parse({}));
  });

  it('shows every setting, and what has no default commented out', () => {
    expect(leavesIn(parseDocument(text).toJS()).toSorted()).toEqual(leavesIn(schema.parse({})).toSorted());
    expect(leavesIn(parseDocument(uncommented).toJS()).toSorted()).toEqual(leavesOf(schema).toSorted());
  });

  it('would do with everything taken in', () => {
    expect(() => schema.parse(parseDocument(uncommented).toJS())).not.toThrow();
  });

  it('has its variables explained in .env.example, where nothing is set', () => {
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    for (const name of variables) expect(example).toMatch(new RegExp(`^#${name}=`, 'm'));
    expect(example.split('\n').filter(line => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});

function leavesIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, each]) => leavesIn(each, `${path}.${key}`));
}

function leavesOf(shape: unknown, path = ''): string[] {
  const inner = shape instanceof z.ZodPrefault ? shape.unwrap() : shape;
  if (!(inner instanceof z.ZodObject)) return [path];
  return Object.entries(inner.shape).flatMap(([key, each]) => leavesOf(each, `${path}.${key}`));
}
