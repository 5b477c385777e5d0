import { setTimeout as sleep } from 'node:timers/promises';

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** A server that takes us in and throws us out at once counts as failing. */
const steadyMs = 30_000;
/** A stream that said nothing for so long may be half open, which only a ping could tell, and this WebSocket has none. */
const longestSilenceMs = 10 * 60_000;

export interface Stream {
  /** As the instance gives it: ws(s)://host. */
  readonly url: string;
  readonly token: string;
  readonly userAgent: string;
  readonly timeoutMs: number;
}

/** Rings on every notification and once on every connect, until the signal aborts. Failures are waited out: the timer still polls. */
export async function listenForRings(stream: Stream, ring: () => void, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    await followOnce(stream, ring, signal);
    failures = performance.now() - startedAt > steadyMs ? 1 : failures + 1;
    await pause(failures, signal);
  }
}

/** One connection from start to end. */
function followOnce({ url, token, userAgent, timeoutMs }: Stream, ring: () => void, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const socket = new WebSocket(new URL('/api/v1/streaming', url), {
      headers: { Authorization: `Bearer ${token}`, 'User-Agent': userAgent },
    });
    const end = (): void => {
      clearTimeout(patience);
      signal.removeEventListener('abort', end);
      socket.close();
      resolve();
    };
    let patience = setTimeout(end, timeoutMs);
    signal.addEventListener('abort', end, { once: true });
    socket.addEventListener('error', end);
    socket.addEventListener('close', end);
    socket.addEventListener('open', () => {
      if (signal.aborted) return;
      socket.send(JSON.stringify({ type: 'subscribe', stream: 'user:notification' }));
      ring();
      clearTimeout(patience);
      patience = setTimeout(end, longestSilenceMs);
    });
    socket.addEventListener('message', ({ data }) => {
      if (signal.aborted) return;
      patience.refresh();
      const frame = readFrame(String(data));
      // Without the scope, Mastodon opens the socket, says so in one frame and then stays open and silent.
      if (frame === 'error') end();
      else if (frame === 'notification') ring();
    });
  });
}

function readFrame(text: string): 'notification' | 'error' | 'other' {
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null) return 'other';
    if ('error' in frame) return 'error';
    return 'event' in frame && frame.event === 'notification' ? 'notification' : 'other';
  } catch {
    return 'error'; // no frame of a streaming server
  }
}

/** Doubles with each failure; the jitter keeps a thousand bots from coming back to a restarted server at once. */
async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
  try {
    await sleep(ms * (0.5 + Math.random() / 2), undefined, { signal });
  } catch {
    return; // aborted: the loop sees it
  }
}
