// Who may sit down at the desk. Without a password only whoever is at this very machine.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Attempts, Audit, Session, Sessions } from '../core/desk.ts';
import { html, type Html } from './html.ts';

export interface AccessTools {
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly audit: Audit;
  readonly passwordHash?: string | undefined;
  /** What opens the desk where it has no password: made anew by each process, told in its log only. */
  readonly key: string;
  /** By which address the world reaches us. */
  readonly publicUrl?: string | undefined;
}

const cookieName = 'repartee_desk';
const weekSeconds = 7 * 86_400;
export const onThisMachine = 'this machine';
/** Each is a question to the store. */
const cookiesAtMost = 5;

/** Who asks, found out once per request. */
const guests = new WeakMap<FastifyRequest, Session>();

export const sessionOf = (request: FastifyRequest): Session => {
  const session = guests.get(request);
  if (!session) throw new Error('the desk was reached past its door');
  return session;
};

/** What every form of the desk must hold. */
export const csrf = (request: FastifyRequest): Html => html`<input type="hidden" name="csrf" value="${sessionOf(request).csrf}">`;

export type Form = Readonly<Record<string, string>>;
export const formOf = ({ body }: Pick<FastifyRequest, 'body'>): Form => (typeof body === 'object' && body !== null ? body as Form : {});

/** Another page of this host may have set one of the same name beside ours. */
export const readCookies = ({ headers }: Pick<FastifyRequest, 'headers'>, name: string): string[] =>
  (headers.cookie ?? '').split(/;\s*/u).flatMap(each => (each.startsWith(`${name}=`) ? [each.slice(name.length + 1)] : [])).slice(0, cookiesAtMost);

/** Who came in by another password, or by none, is not in any more. */
const toLock = ({ passwordHash }: AccessTools): string => passwordHash ?? 'none';

async function findSession(request: FastifyRequest, tools: AccessTools): Promise<Session | undefined> {
  for (const token of readCookies(request, cookieName)) {
    const session = await tools.sessions.read(token, toLock(tools));
    if (session) return session;
  }
  return undefined;
}

export const closeSessions = async (request: FastifyRequest, { sessions }: AccessTools): Promise<void> =>
  void await Promise.all(readCookies(request, cookieName).map(token => sessions.close(token)));

export async function openSession(name: string, request: FastifyRequest, answer: FastifyReply, tools: AccessTools): Promise<void> {
  const { token, session } = await tools.sessions.open(name, toLock(tools));
  guests.set(request, session);
  setCookie(answer, token, tools, weekSeconds);
}

export const setCookie = (answer: FastifyReply, value: string, { publicUrl }: AccessTools, seconds: number, name = cookieName): void =>
  void answer.header('set-cookie', `${name}=${value}; Path=/desk; Max-Age=${seconds}; HttpOnly; SameSite=Strict${publicUrl?.startsWith('https:') ? '; Secure' : ''}`);

const isSame = (one: string, other: string): boolean => timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());

/** A browser says where a form comes from; whoever is no browser says nothing. */
export function isForeign({ headers, host }: FastifyRequest, { publicUrl }: AccessTools): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = headers;
  // Whoever passes requests on may give them another name, and HTTPS ends there.
  return origin !== undefined && origin !== publicUrl && URL.parse(origin)?.host !== host;
}

/** Somebody stands before us and passes requests on: then everybody seems to be at this machine. */
export const isPassedOn = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean => ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some(name => headers[name] !== undefined);

export type Refusal = { readonly status: 302 | 303 | 401 | 403; readonly why: string };

const keyWanted = 'The desk has no password, so it opens with the address that the bot wrote into its log when it started: it ends in /desk?key= and a long word. Or make a password, with: repartee desk passwd';

/** Lets a request in, or says why not. 303: the key was right, and the session is open from the next request on. */
export async function letIn(request: FastifyRequest, answer: FastifyReply, tools: AccessTools): Promise<Refusal | undefined> {
  const isChange = request.method !== 'GET' && request.method !== 'HEAD';
  if (isChange && isForeign(request, tools)) return { status: 403, why: 'This form was sent from another site.' };
  if (tools.passwordHash === undefined && isPassedOn(request)) return { status: 403, why: 'The desk has no password, so it is for whoever sits at this machine only. Make one with: repartee desk passwd' };
  if (await useKey(request, answer, tools)) return { status: 303, why: '' };
  const session = await findSession(request, tools);
  if (!session) {
    if (tools.passwordHash === undefined) return { status: 401, why: keyWanted };
    return isChange || request.headers['hx-request'] !== undefined ? { status: 401, why: 'You are not logged in, or not any more. What you sent was not done.' } : { status: 302, why: '' };
  }
  if (isChange && !isSame(formOf(request)['csrf'] ?? '', session.csrf)) return { status: 403, why: 'This form is too old, or was not made by this desk: open its page again. What you sent was not done.' };
  guests.set(request, session);
  return undefined;
}

async function useKey(request: FastifyRequest, answer: FastifyReply, tools: AccessTools): Promise<boolean> {
  const { key } = request.query as { readonly key?: unknown };
  if (tools.passwordHash !== undefined || request.method !== 'GET' || request.routeOptions.url !== '/desk' || typeof key !== 'string' || !isSame(key, tools.key)) return false;
  await closeSessions(request, tools);
  await openSession(onThisMachine, request, answer, tools);
  return true;
}

export async function logOut(request: FastifyRequest, answer: FastifyReply, tools: AccessTools): Promise<void> {
  await closeSessions(request, tools);
  setCookie(answer, '', tools, 0);
  await tools.audit.note({ by: sessionOf(request).name, what: 'left the desk' });
}

/** Forms as browsers send them, and nothing else. */
export function acceptForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 65_536 }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))));
}
