import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { unescape } from 'node:querystring';
import { config as readDotEnv } from 'dotenv';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { SetupError } from './core/errors.ts';
import { model, type ModelSettings } from './models/index.ts';
import { moderation, type ModerationSettings } from './moderation/index.ts';
import type { NetworkEntry } from './networks/entry.ts';
import * as registry from './networks/index.ts';
import { packageFile } from './package-root.ts';
import { readYaml, type Filling } from './yaml.ts';

/** Everything the operator decided, checked, with nothing left to look up. */
export interface Settings {
  /** The config file that was read. */
  readonly file: string;
  /** Folder for everything kept on disk. */
  readonly data: string;
  readonly port: number;
  readonly web: { readonly host: string; readonly publicUrl?: string | undefined; readonly operator?: string | undefined; readonly passwordHash?: string | undefined; readonly proxies: readonly string[] };
  readonly persona: string;
  /** Folders that hold personas, the operator's own first. */
  readonly personaFolders: readonly string[];
  readonly store: { readonly store: StoreKind; readonly url?: string; readonly data: string; readonly path: string; /** Only the Redis of the bot that runs. */ readonly join?: boolean };
  /** Configured networks that are on: name → that network's own parsed part. */
  readonly networks: Readonly<Record<string, unknown>>;
  readonly model: ModelSettings;
  readonly context: { readonly feeds: readonly string[]; readonly allowHosts: readonly string[]; readonly refreshMs: number };
  readonly answer: { readonly maxLength: number; readonly maxAgeMs: number };
  readonly manners: z.output<typeof manners>;
  /** Networks whose answers wait for a human's word. */
  readonly approval: readonly string[];
  /** Who may give orders in private, as `network:handle`. */
  readonly owners: readonly string[];
  readonly moderation: ModerationSettings;
  readonly canary: { readonly everyMs: number; readonly limit: number };
  readonly posting: { readonly timeoutMs: number; readonly settleMs: number; readonly onUnknown: 'settle' | 'park' };
  readonly keepMs: number;
  readonly dryRun: boolean;
  /** Started by an npm script, whose shell does not pass signals on. */
  readonly underNpm: boolean;
  /** Values that must never be shown. Tokens that change while the bot runs join them. */
  readonly secrets: string[];
}

export type StoreKind = 'auto' | 'url' | 'child' | 'embedded';

/** What the command line says; it beats the file. */
export interface Flags {
  readonly config?: string;
  readonly port?: number;
  readonly persona?: string;
  readonly dryRun?: boolean;
}

const networks: readonly NetworkEntry[] = Object.values(registry);

const count = z.int().positive();

const networkShapes = Object.fromEntries(networks.map(({ name, settings }) => [name, settings.prefault({})]));

const limit = (most: number) => z.int().nonnegative().default(most);
const manners = z.strictObject({
  answer: z.array(z.enum(['public', 'unlisted', 'followers', 'direct'])).default(['public', 'unlisted', 'followers', 'direct']).describe('Which mentions are answered, by who can see them'),
  leaveAlone: z.array(z.string().trim().toLowerCase().min(1)).default([]).describe('Servers (hosts), and people as network:handle, who are never answered'),
  linked: z.array(z.array(z.string().trim().min(3)).min(2)).default([]).describe('Handles of one person on several networks, as network:handle: a wish of his counts on all'),
  helpLines: z.record(z.string().regex(/^[a-z]{2,3}$/u, 'must be a language such as en'), z.string().trim().min(20).max(280)).default({}).describe('What is said to somebody who may harm himself, by language, in place of the lines that come with the program'),
  quotas: z.strictObject({
    personSoon: limit(5).describe('Answers to one person in ten minutes'),
    personDay: limit(50).describe('Answers to one person in a day'),
    newcomer: limit(3).describe('Answers in an hour to one whose account is younger than a week'),
    thread: limit(12).describe('Answers in one thread a day'),
    server: limit(200).describe('Answers to people of one other server in an hour'),
    all: limit(5_000).describe('Answers in an hour'),
  }).prefault({}),
});

/** The shape of the config file. */
export const schema = z.strictObject({
  persona: z.string().min(1).default('gadfly').describe('A name in personas/, or the path of a persona file'),
  store: z.enum(['auto', 'url', 'child', 'embedded']).default('auto').describe('Which Redis'),
  redisUrl: z.string().min(1).optional().describe('Address of a Redis or Valkey, as $REDIS_URL'),
  networks: z.strictObject(networkShapes).prefault({}),
  model: model.settings.prefault({}),
  context: z.strictObject({
    feeds: z.array(z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })).default([]).describe('RSS or Atom feeds'),
    allowHosts: z.array(z.string().min(1)).default([]).describe('Hosts (or host:port) that feeds may be read from although they are not public addresses'),
    refreshSeconds: count.max(86_400).default(300).describe('How often feeds and trends are read'),
  }).prefault({}),
  answer: z.strictObject({
    maxLength: count.min(40).max(10_000).default(400).describe('Longest answer in characters; the network may allow less'),
    maxAgeHours: z.number().positive().max(8_760).default(12).describe('Older mentions are left alone'),
  }).prefault({}),
  manners: manners.prefault({}),
  approval: z.union([z.boolean(), z.array(z.enum(networks.map(({ name }) => name)))], { error: `must be true, false or a list of networks: ${networks.map(({ name }) => name).join(', ')}` }).default([]).describe('Networks whose answers wait until a human approves them; true: all'),
  owner: z.array(z.string().trim().toLowerCase().regex(/^[a-z0-9-]+:@?[^\s@:]+(?:@[^\s@]+)?$/u, 'must be written as network:handle')).default([]).describe('Accounts that may give the bot orders in private, as network:handle'),
  moderation: moderation.settings.prefault({}),
  canary: z.strictObject({
    everyMinutes: z.int().nonnegative().max(10_080).default(60).describe('How often the model is tempted, to notice that it has changed; 0 only after a change of ours'),
    limit: z.number().min(0).max(1).default(0.5).describe('Which share of its answers the gate may have to refuse before everything is paused; 0 switches the canary off'),
  }).prefault({}),
  posting: z.strictObject({
    timeoutSeconds: z.number().positive().max(120).default(10).describe('Deadline of one post'),
    settleSeconds: z.number().positive().max(3_600).default(3).describe('How long a network may take to show a post that it got'),
    onUnknown: z.enum(['settle', 'park']).default('settle').describe('After an attempt with unknown outcome: read back and post again when it is surely absent, or leave it to you'),
  }).prefault({}),
  web: z.strictObject({
    host: z.string().min(1).default('127.0.0.1').describe('Address that the pages are served on; anything but this machine needs a password'),
    publicUrl: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).refine(url => new URL(url).pathname === '/', 'must be an address without a path').transform(url => new URL(url).origin).optional().describe('By which address the world reaches them; it needs a password'),
    operator: z.string().trim().min(1).max(200).optional().describe('Who runs this bot and how to reach them, for its page about itself'),
    proxies: z.array(z.string().refine(each => ipaddr.isValid(each) || ipaddr.isValidCIDR(each), 'must be an address, or a range such as 172.18.0.0/16')).default([]).describe('Proxies on other machines that may say who really asks; one on this machine always may'),
    passwordHash: z.string().min(1).optional().describe('As $DESK_PASSWORD_HASH, made by repartee desk passwd'),
  }).prefault({}),
  keepDays: z.number().positive().max(3_650).default(30).describe('How long finished mentions and receipts are kept'),
});

/** Reads .env, the environment and the config file. Everything wrong is one SetupError. The only reader of process.env. */
export function readSettings(flags: Flags = {}): Settings {
  readDotEnv({ quiet: true });
  const { env } = process;
  const asked = flags.config ?? (env.REPARTEE_CONFIG || undefined);
  if (asked !== undefined && !existsSync(asked)) throw new SetupError(`config file ${asked} does not exist: check ${flags.config === undefined ? 'REPARTEE_CONFIG' : '--config'}`);
  const own = 'config/repartee.yaml';
  const packaged = packageFile('config', 'repartee.yaml');
  const file = asked ?? (existsSync(own) ? own : packaged);
  const filling = fillFrom(env);
  const raw = readYaml(file, schema, filling);
  const data = resolve(env.REPARTEE_DATA || 'data');
  const url = raw.redisUrl;
  if (toMs(raw.keepDays, 86_400_000) < toMs(raw.answer.maxAgeHours, 3_600_000)) throw new SetupError(`${file}: keepDays: ${raw.keepDays} is less than answer.maxAgeHours (${raw.answer.maxAgeHours}): what is forgotten before it is too old could be answered twice`);
  return {
    file,
    data,
    port: flags.port ?? readPort(env.PORT),
    web: raw.web,
    persona: flags.persona ?? raw.persona,
    personaFolders: [...new Set([resolve(dirname(file), 'personas'), packageFile('config', 'personas')])],
    store: { store: raw.store, ...(url === undefined ? {} : { url }), data, path: env.PATH ?? '' },
    networks: Object.fromEntries(networks.flatMap(network => {
      const parsed = network.settings.parse(raw.networks[network.name]);
      return network.isOn(parsed) ? [[network.name, parsed]] : [];
    })),
    model: raw.model,
    context: { feeds: raw.context.feeds, allowHosts: raw.context.allowHosts, refreshMs: raw.context.refreshSeconds * 1_000 },
    answer: { maxLength: raw.answer.maxLength, maxAgeMs: toMs(raw.answer.maxAgeHours, 3_600_000) },
    manners: raw.manners,
    approval: typeof raw.approval === 'boolean' ? (raw.approval ? networks.map(({ name }) => name) : []) : raw.approval,
    owners: raw.owner,
    moderation: raw.moderation,
    canary: { everyMs: raw.canary.everyMinutes * 60_000, limit: raw.canary.limit },
    posting: { timeoutMs: toMs(raw.posting.timeoutSeconds, 1_000), settleMs: toMs(raw.posting.settleSeconds, 1_000), onUnknown: raw.posting.onUnknown },
    keepMs: toMs(raw.keepDays, 86_400_000),
    dryRun: flags.dryRun ?? false,
    underNpm: env.npm_lifecycle_event !== undefined,
    secrets: filling.secrets.filter(secret => secret.length >= 4),
  };
}

/** Redis takes whole milliseconds only, and fractions do not multiply exactly. */
const toMs = (amount: number, unitMs: number): number => Math.max(1, Math.round(amount * unitMs));

/** The same settings on a network that the demo brings along. Feeds that the operator chose stay. */
export function withDemo(settings: Settings, demo: { readonly networks: Readonly<Record<string, unknown>>; readonly feeds: readonly string[]; readonly allowHosts: readonly string[] }): Settings {
  const { feeds, allowHosts, refreshMs } = settings.context;
  return {
    ...settings,
    networks: Object.fromEntries(networks.flatMap(({ name, settings: shape }) => (name in demo.networks ? [[name, shape.parse(demo.networks[name])]] : []))),
    // One person tries many things there.
    manners: { ...settings.manners, quotas: { personSoon: 0, personDay: 0, newcomer: 0, thread: 0, server: 0, all: 0 } },
    context: { feeds: feeds.length > 0 ? feeds : demo.feeds, allowHosts: [...allowHosts, ...demo.allowHosts], refreshMs: Math.min(refreshMs, 30_000) },
  };
}

/** The same settings without the networks that cost money. */
export const withoutPaid = (settings: Settings): Settings => ({
  ...settings,
  networks: Object.fromEntries(Object.entries(settings.networks).filter(([name]) => networks.some(network => network.name === name && !network.isPaid))),
});

/** What a newcomer does to leave the sandbox. */
export const howToConnect = `put ${networks.map(({ login }) => `${login.slice(0, -1).join(', ')} and ${login.at(-1)}`).join(', or ')} into .env`;

/** Where values come from when the file does not say: path in the config → name in the environment. */
const names: Readonly<Record<string, string>> = Object.fromEntries([
  ['redisUrl', 'REDIS_URL'],
  ['web.publicUrl', 'PUBLIC_URL'],
  ['web.passwordHash', 'DESK_PASSWORD_HASH'],
  ...networks.flatMap(({ name, environment }) => Object.entries(environment).map(([key, variable]) => [`networks.${name}.${key}`, variable])),
  ...Object.entries(model.environment).map(([key, variable]) => [`model.${key}`, variable]),
  ...Object.entries(moderation.environment).map(([key, variable]) => [`moderation.${key}`, variable]),
]);

const secretPaths = new Set(['redisUrl', 'web.passwordHash', 'model.key', ...moderation.secrets.map(key => `moderation.${key}`), ...networks.flatMap(({ name, secrets }) => secrets.map(key => `networks.${name}.${key}`))]);

/**
 * Replaces `$NAME` by what the environment says and adds what the file leaves to it.
 * A key without a value, or whose variable is not set, stays as undefined: its default counts, and a mistyped one is still noticed.
 */
function fillFrom(env: NodeJS.ProcessEnv): Filling & { readonly secrets: string[] } {
  const sources = new Map<string, string>();
  const secrets: string[] = [];
  const take = (path: string, variable: string): string | undefined => {
    const value = env[variable]?.trim() || undefined;
    sources.set(path, variable);
    if (value !== undefined && secretPaths.has(path)) secrets.push(...(path === 'redisUrl' ? passwordOf(value) : [value]));
    return value;
  };
  const walk = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((each, index) => walk(each, [...path, String(index)]));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, [...path, key])]));
    }
    if (value === null) return undefined;
    const here = path.join('.');
    const variable = typeof value === 'string' ? /^\$([A-Z_][A-Z0-9_]*)$/.exec(value)?.[1] : undefined;
    if (variable !== undefined) return take(here, variable);
    if (secretPaths.has(here) && value !== undefined) throw new SetupError(`${here}: secrets do not belong into the config file: put it into .env and write $${names[here] ?? 'NAME'} here`);
    return value;
  };
  return {
    secrets,
    sourceOf: path => sources.get(path),
    fill(value) {
      const filled = walk(value, []);
      if (typeof filled !== 'object' || filled === null) return filled;
      for (const [path, variable] of Object.entries(names)) {
        if (!sources.has(path)) addAt(filled as Record<string, unknown>, path.split('.'), () => take(path, variable));
      }
      return filled;
    },
  };
}

/** Sets what is not there yet; leaves alone what is no mapping, for the schema to complain about. */
function addAt(target: Record<string, unknown>, [step = '', ...rest]: readonly string[], value: () => string | undefined): void {
  if (rest.length === 0) {
    const found = target[step] === undefined ? value() : undefined;
    if (found !== undefined) target[step] = found;
    return;
  }
  target[step] ??= {};
  const next = target[step];
  if (typeof next === 'object' && next !== null && !Array.isArray(next)) addAt(next as Record<string, unknown>, rest, value);
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 4000;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new SetupError(`PORT: '${text}' is no port: give a number from 0 to 65535`);
  return port;
}

/** The password as it stands in the address and as it is sent; all of what is no address. Unlike decodeURIComponent, unescape bears a stray `%`. */
function passwordOf(url: string): string[] {
  const password = URL.parse(url)?.password ?? url;
  return [password, unescape(password)];
}
