import { parseArgs } from 'node:util';
import { places, type Place } from './places.ts';

export interface Size {
  readonly mentions: number;
  readonly kills: number;
}

/** What the command line asks for. */
export interface Plan extends Size {
  readonly seed: number;
  readonly places: readonly Place[];
  /** What the control goes through: the same, but in a long storm less. */
  readonly control: Size;
  readonly json: boolean;
}

/** A command line that cannot be obeyed, in one line. */
export class UsageError extends Error {}

export const usage = `npm run storm -- [--mentions N] [--kills N] [--seed N] [--network ${places.join('|')}] [--long] [--json]`;

const long = { places: ['mastodon', 'x'], mentions: 10_000, kills: 500, control: { mentions: 2_000, kills: 100 } } as const;

/** Reads the command line; throws a UsageError. */
export function readPlan(args: readonly string[]): Plan {
  const flags = parse(args);
  const seed = toNumber('seed', flags.seed ?? '1', 0, 2 ** 32 - 1);
  const json = flags.json ?? false;
  if (flags.long === true) {
    const beside = (['mentions', 'kills', 'network'] as const).find(name => flags[name] !== undefined);
    if (beside !== undefined) throw new UsageError(`--long has its own size and networks: leave out --${beside}`);
    return { ...long, seed, json };
  }
  const place = places.find(each => each === (flags.network ?? 'mastodon'));
  if (place === undefined) throw new UsageError(`--network ${flags.network}: there is no such network; there are ${places.join(', ')}`);
  const mentions = toNumber('mentions', flags.mentions ?? '300', 1, 100_000);
  const kills = toNumber('kills', flags.kills ?? '20', 0, 10_000);
  if (kills > mentions) throw new UsageError(`--kills ${kills}: each kill needs a mention to interrupt, and there are ${mentions}`);
  return { places: [place], mentions, kills, control: { mentions, kills }, seed, json };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args], strict: true, allowPositionals: false,
      options: { mentions: { type: 'string' }, kills: { type: 'string' }, seed: { type: 'string' }, network: { type: 'string' }, long: { type: 'boolean' }, json: { type: 'boolean' } },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n')[0]?.split('. ')[0]}: ${usage}`, { cause: error });
  }
}

function toNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most) throw new UsageError(`--${name} ${text}: give a whole number from ${least} to ${most}`);
  return number;
}
