import { eventsPath, toEvent, type Connection } from './streams.ts';

/** Mastodon sends a heartbeat every fifteen seconds. */
const heartbeatMs = 60_000;

/** One connection by server-sent events, from start to end. */
export async function followEvents({ way, token, userAgent, timeoutMs, longestSilenceMs, onOpen, onEvent, signal }: Connection): Promise<void> {
  if (signal.aborted) return;
  const ending = new AbortController();
  let patience = setTimeout(() => ending.abort(), timeoutMs);
  try {
    const response = await fetch(new URL(eventsPath, way.url), {
      headers: { Authorization: `Bearer ${token}`, Accept: 'text/event-stream', 'User-Agent': userAgent }, redirect: 'error', signal: AbortSignal.any([signal, ending.signal]),
    });
    if (!response.ok || response.body === null || response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      await response.body?.cancel();
      return;
    }
    onOpen();
    clearTimeout(patience);
    patience = setTimeout(() => ending.abort(), Math.min(heartbeatMs, longestSilenceMs));
    let rest = '';
    let event = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      patience.refresh();
      const lines = (rest + chunk).split('\n');
      // Nobody sends a line that long; what is in it does not matter.
      rest = (lines.pop() ?? '').slice(-1_000_000);
      for (const line of lines) {
        if (line.startsWith('event:')) event = line.slice('event:'.length).trim();
        else if (line.startsWith('data:') && event !== '') {
          onEvent(toEvent(event, line));
          event = '';
        }
      }
    }
  } catch {
    return; // refused, cut off or ended: whoever called tries again
  } finally {
    clearTimeout(patience);
    ending.abort();
  }
}
