import { fold, lettersOf, unmask } from './fold.ts';
import { linksIn } from './addresses.ts';

/** What strangers named: handles, tickers and hosts. None of it is ours to pass on. */
export interface Taint {
  readonly names: ReadonlySet<string>;
  readonly hosts: readonly string[];
}

const handles = /@\s?([\p{L}\p{N}_][\p{L}\p{N}_.-]{2,})(?:@([\p{L}\p{N}.-]+))?/gu;
const tickers = /[$]([\p{L}][\p{L}\p{N}]{1,14})(?![\p{L}\p{N}])/gu;

/** Reads it out of foreign texts. A name that is also said in plain words there is a word like any other; `own` is what the bot is called. */
export function toTaint(texts: readonly string[], own: readonly string[]): Taint {
  const open = texts.map(unmask);
  const named = open.flatMap(text => [...text.matchAll(handles)].map(([, name = '']) => name.replace(/[.-]+$/u, '')));
  const tagged = open.flatMap(text => [...text.matchAll(tickers)].map(([, name = '']) => name));
  const plain = new Set(open.flatMap(text => fold(text.replace(handles, ' ').replace(tickers, ' ')).split(/[^\p{L}\p{N}_]+/u)));
  const ours = new Set(own.map(fold));
  const names = [...named, ...tagged].map(fold).filter(name => name.length >= 3 && !plain.has(name) && !ours.has(name));
  const hosts = open.flatMap(linksIn).map(link => lettersOf(link.replace(/^[a-z]+:\/\//iu, '').replace(/[/?#].*$/u, ''))).filter(host => host.length >= 7);
  return { names: new Set(names), hosts: [...new Set(hosts)] };
}

/** Whether a draft names something of it. */
export function isTainted(text: string, { names, hosts }: Taint): boolean {
  if (names.size === 0 && hosts.length === 0) return false;
  const folded = fold(text);
  if ([...names].some(name => folded.includes(name)) && folded.split(/[^\p{L}\p{N}_]+/u).some(word => names.has(word))) return true;
  if (hosts.length === 0) return false;
  const letters = lettersOf(text);
  return hosts.some(host => letters.includes(host));
}
