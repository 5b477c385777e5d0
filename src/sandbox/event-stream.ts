import type { FastifyReply } from 'fastify';

const heartbeatMs = 15_000;

/** Turns an answer into server-sent events, with the heartbeats of Mastodon's streaming server, until the reader leaves. */
export const openEventStream = (reply: FastifyReply, onEnd: () => void): ((event: string, data: string) => void) => {
  reply.hijack();
  const response = reply.raw;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
  response.write(':)\n\n');
  const heartbeat = setInterval(() => response.write(':thump\n\n'), heartbeatMs);
  response.on('close', () => {
    clearInterval(heartbeat);
    onEnd();
  });
  return (event, data) => void response.write(`event: ${event}\ndata: ${data}\n\n`);
};
