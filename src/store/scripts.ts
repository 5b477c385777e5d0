import type { RedisServerState } from 'js-redis-server/core';

type ScriptCache = RedisServerState['scriptCache'];

// Comments, then strings (kept), then white space. A long bracket ends at the one with as many equals signs.
const skippable = /--\[(=*)\[[\s\S]*?\]\1\]|--[^\n]*|(\[(=*)\[[\s\S]*?\]\3\]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')|[ \t\r]+|\n\s*/g;

/** The same Lua program without comments and indentation. Line breaks stay: Lua 5.1 refuses a call whose bracket is moved to another line. */
export function toShortScript(script: string): string {
  return script.replace(skippable, (skipped, _level: string | undefined, text: string | undefined) => text ?? (skipped.startsWith('\n') ? '\n' : ' '));
}

/**
 * Makes the server keep its scripts short. It hands the source to Lua on every call, where it is copied, hashed and compiled anew,
 * and a third of BullMQ's scripts is comments and indentation.
 */
export function keepScriptsShort(cache: ScriptCache): void {
  const short = new Map<string, Buffer>();
  const load = cache.load.bind(cache);
  const get = cache.get.bind(cache);
  const flush = cache.flush.bind(cache);
  cache.load = script => {
    const sha = load(script);
    short.set(sha, Buffer.from(toShortScript(script.toString('latin1')), 'latin1'));
    return sha;
  };
  cache.get = sha => short.get(sha.toLowerCase()) ?? get(sha);
  cache.flush = () => {
    short.clear();
    flush();
  };
}
