import { setTimeout as sleep } from 'node:timers/promises';
import { followEvents } from './event-stream.ts';
import { endSocket, openSocket, toEvent, type Caller, type Connection, type Way } from './streams.ts';

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** A server that takes us in and throws us out at once counts as failing. */
const steadyMs = 30_000;
/** A stream that said nothing for so long, and was not pinged, may be half open. */
const longestSilenceMs = 10 * 60_000;
/** A way that never opened is tried so often before the next one is. */
const triesPerWay = 2;
/** Mentions that were found without a ring, one after the other, before an open stream is taken for deaf. One may just have come between. */
const mostMissed = 2;

export interface Stream extends Caller {
  /** The best first. */
  readonly ways: readonly Way[];
  readonly timeoutMs: number;
  /** Looks whether the server is there and the login is good, before it is connected to anew: `false` for a while without a stream. */
  readonly verify?: () => Promise<boolean>;
  /** A line for the operator. */
  readonly say?: (line: string) => void;
}

export interface Doorbell {
  /** Rings on every notification and once on every connect, until the signal aborts. Failures are waited out: the timer still polls. */
  listen(ring: () => void, signal: AbortSignal): Promise<void>;
  /** A mention was found of which no ring told. */
  missed(): void;
}

export function openDoorbell(stream: Stream): Doorbell {
  const { ways, say = () => undefined, verify = async () => true } = stream;
  let missed = 0;
  let open: AbortController | undefined;

  return {
    missed() {
      missed += 1;
      if (missed < mostMissed || !open) return;
      say('the stream is silent although there are mentions: connecting anew');
      open.abort();
    },

    async listen(ring, signal) {
      let [at, tries, failures] = [0, 0, 0];
      let hasEverOpened = false;
      let told = '';
      const tell = (line: string): void => {
        if (line !== told) say(line);
        told = line;
      };
      const connect = async (way: Way): Promise<boolean> => {
        const ending = new AbortController();
        let isOpen = false;
        await (way.kind === 'socket' ? followSocket : followEvents)({
          ...stream, way, longestSilenceMs, signal: AbortSignal.any([signal, ending.signal]),
          onOpen: () => {
            [isOpen, missed, open] = [true, 0, ending];
            ring();
          },
          onEvent: event => {
            missed = 0;
            if (event === 'notification') ring();
          },
        });
        open = undefined;
        return isOpen;
      };

      while (!signal.aborted && ways.length > 0) {
        const startedAt = performance.now();
        const way = ways[at % ways.length];
        if (!way || (failures > 0 && !(await verify()))) failures += 1;
        else {
          const isOpen = await connect(way);
          hasEverOpened ||= isOpen;
          failures = performance.now() - startedAt > steadyMs ? 1 : failures + 1;
          tries = isOpen ? 0 : tries + 1;
          if (tries >= triesPerWay) [at, tries] = [at + 1, 0];
          if (!hasEverOpened && at >= ways.length) tell('no stream can be had: mentions are polled');
        }
        await pause(failures, signal);
      }
    },
  };
}

/** One connection by WebSocket, from start to end. */
function followSocket({ way, token, userAgent, timeoutMs, longestSilenceMs: silenceMs, onOpen, onEvent, signal }: Connection): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const socket = openSocket(way, { token, userAgent }, timeoutMs);
    const end = (): void => {
      clearTimeout(patience);
      signal.removeEventListener('abort', end);
      endSocket(socket);
      resolve();
    };
    let patience = setTimeout(end, timeoutMs);
    signal.addEventListener('abort', end, { once: true });
    socket.on('error', end);
    socket.on('close', end);
    socket.on('ping', () => patience.refresh());
    socket.on('open', () => {
      if (signal.aborted) return;
      socket.send(JSON.stringify({ type: 'subscribe', stream: 'user:notification' }));
      onOpen();
      clearTimeout(patience);
      patience = setTimeout(end, silenceMs);
    });
    socket.on('message', (data: Buffer) => {
      if (signal.aborted) return;
      patience.refresh();
      const event = readFrame(data.toString('utf8'));
      // Without the scope, Mastodon opens the socket, says so in one frame and then stays open and silent.
      if (event === undefined) end();
      else onEvent(event);
    });
    return undefined;
  });
}

/** What a frame tells of; undefined for an error, and for what is no frame of a streaming server. */
function readFrame(text: string): string | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null) return '';
    if ('error' in frame) return undefined;
    return 'event' in frame ? toEvent(String(frame.event), 'payload' in frame ? String(frame.payload) : '') : '';
  } catch {
    return undefined;
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
