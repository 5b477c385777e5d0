import { WebSocket } from 'ws';

/** Where a stream may be found: by WebSocket, or as server-sent events. */
export interface Way {
  readonly kind: 'socket' | 'events';
  readonly url: string;
}

export interface Caller {
  readonly token: string;
  readonly userAgent: string;
}

/** One connection, while it lasts. */
export interface Connection extends Caller {
  readonly way: Way;
  readonly timeoutMs: number;
  readonly longestSilenceMs: number;
  readonly onOpen: () => void;
  readonly onEvent: (event: string) => void;
  readonly signal: AbortSignal;
}

/** What an event is to us: other notifications than mentions ring no bell, or a post that is liked a lot would use up our allowance. */
export function toEvent(event: string, payload: string): string {
  if (event !== 'notification') return event;
  const type = /"type"\s*:\s*"(\w+)"/u.exec(payload.slice(0, 500))?.[1];
  return type === undefined || type === 'mention' ? 'notification' : `notification of a ${type}`;
}

const socketPath = '/api/v1/streaming';
export const eventsPath = '/api/v1/streaming/user/notification';

/** How long a start waits to learn whether there is a stream. */
const probeMs = 1_000;

/** Addresses by which a stream may be had: as advertised, but never by TLS on a host that is asked without. GoToSocial advertises wss in any case. */
export function toWays(server: URL, advertised: string | undefined): readonly Way[] {
  if (advertised === undefined) return [];
  const url = new URL(advertised);
  const isSecure = server.protocol === 'https:' || (url.hostname !== server.hostname && /^(?:wss|https):$/.test(url.protocol));
  const to = (scheme: string): string => `${scheme}${isSecure ? 's' : ''}://${url.host}`;
  return [{ kind: 'socket', url: to('ws') }, { kind: 'events', url: to('http') }];
}

/** Whether a stream is surely not there: no socket opens, and the events are no page of this server. snac advertises one all the same. */
export async function isWithoutStream(ways: readonly Way[], caller: Caller): Promise<boolean> {
  const [socket, events] = ways;
  if (!socket || !events) return true;
  const [opens, status] = await Promise.all([opensSocket(socket, caller), statusOf(events, caller)]);
  return !opens && (status === 404 || status === 405 || status === 501);
}

/** The longest frame that is read: a notification with a post in it. */
const longestFrame = 4 * 1024 * 1024;
const closesWithinMs = 500;

/** A socket of a library of its own: the built-in one cannot be ended when the other side does not answer, and hides pings. */
export const openSocket = ({ url }: Way, { token, userAgent }: Caller, timeoutMs: number): WebSocket =>
  new WebSocket(new URL(socketPath, url), { headers: { Authorization: `Bearer ${token}`, 'User-Agent': userAgent }, handshakeTimeout: timeoutMs, maxPayload: longestFrame, followRedirects: false });

/** Says goodbye, and does not wait long for an answer. */
export function endSocket(socket: WebSocket): void {
  if (socket.readyState === WebSocket.OPEN) {
    socket.close();
    setTimeout(() => socket.terminate(), closesWithinMs).unref();
  } else socket.terminate();
}

function opensSocket(way: Way, caller: Caller): Promise<boolean> {
  return new Promise(resolve => {
    const socket = openSocket(way, caller, probeMs);
    const end = (opens: boolean): void => {
      clearTimeout(patience);
      resolve(opens);
      endSocket(socket);
    };
    // Who takes long may have one.
    const patience = setTimeout(() => end(true), probeMs - 50);
    socket.on('open', () => end(true));
    socket.on('error', () => end(false));
  });
}

async function statusOf({ url }: Way, { token, userAgent }: Caller): Promise<number | undefined> {
  try {
    const response = await fetch(new URL(eventsPath, url), { headers: { Authorization: `Bearer ${token}`, 'User-Agent': userAgent }, redirect: 'manual', signal: AbortSignal.timeout(probeMs) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined; // nobody can tell
  }
}
