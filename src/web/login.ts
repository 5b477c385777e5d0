// Passwords tried at the door, and by whom.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { closeSessions, formOf, onThisMachine, openSession, readCookies, setCookie, type AccessTools } from './access.ts';
import { checkPassword } from './password.ts';

/** Of a browser from which somebody came in before: strangers behind the same address use up their own tries only. */
const knownCookie = 'repartee_known';
const knownSeconds = 90 * 86_400;

/** One password after the other: each takes memory and a tenth of a second. */
let looking: Promise<unknown> = Promise.resolve();
let waiting = 0;
const waitingAtMost = 8;

export type Login = { readonly done: true } | { readonly done: false; readonly status: 401 | 429 | 503; readonly why: string; readonly waitMs?: number };

/** Tries a password; a right one opens a session under a token that nobody knew before. */
export async function logIn(request: FastifyRequest, answer: FastifyReply, tools: AccessTools): Promise<Login> {
  const { name = '', password = '' } = formOf(request);
  const { passwordHash } = tools;
  if (passwordHash === undefined) return { done: true };
  const browser = await findBrowser(request, tools);
  const place = toNeighbourhood(request.ip);
  const from = browser === undefined ? place : `browser ${browser}`;
  const { waitMs, delayMs } = await tools.attempts.take(from);
  if (waitMs > 0) return { done: false, status: 429, why: `Too many wrong passwords from where you are: try again in ${Math.ceil(waitMs / 60_000)} minutes.`, waitMs };
  if (delayMs > 0) await sleep(delayMs);
  if (waiting >= waitingAtMost && browser === undefined) return { done: false, status: 503, why: 'Too many try at once: again in a moment.' };
  waiting += 1;
  const look = looking.then(() => checkPassword(password.slice(0, 1_000), passwordHash));
  looking = Promise.allSettled([look]).then(() => void (waiting -= 1));
  if (!await look) {
    if (await tools.attempts.wrong(from)) await tools.audit.note({ by: 'somebody', what: `tried a wrong password, from ${place}` });
    return { done: false, status: 401, why: 'That is not the password.' };
  }
  await tools.attempts.clear(from);
  await closeSessions(request, tools);
  const by = toName(name);
  await openSession(by, request, answer, tools);
  setCookie(answer, await tools.attempts.know(browser), tools, knownSeconds, knownCookie);
  await tools.audit.note({ by, what: 'came to the desk' });
  return { done: true };
}

async function findBrowser(request: FastifyRequest, { attempts }: AccessTools): Promise<string | undefined> {
  for (const browser of readCookies(request, knownCookie)) if (await attempts.knows(browser)) return browser;
  return undefined;
}

/** One household, or one rented machine, has all the addresses of a /64. */
function toNeighbourhood(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

/** By these the log names those who have no name of their own. */
const taken = new Set([onThisMachine, 'somebody', 'operator', 'the operator', 'command line', 'the command line']);
const isHandle = (name: string): boolean => /^[\w-]+:\S/u.test(name) || name.startsWith('@') || /\S@\S/u.test(name);

/** A name for the log, of what can be seen, and nobody else's. */
export function toName(name: string): string {
  const whole = name.normalize('NFKC').trim();
  const seen = whole.replace(/[^\p{L}\p{M}\p{N} .'_-]/gu, '').replace(/ +/gu, ' ').trim().slice(0, 40).trim();
  if (seen === '') return 'operator';
  return taken.has(seen.toLowerCase()) || isHandle(whole) ? `desk user ${seen}` : seen;
}

