import { execFileSync } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { onTestFinished } from './cleanup.ts';

export interface LocalServer {
  readonly url: string;
  readonly host: string;
  /** How many are open. */
  readonly connections: () => Promise<number>;
}

/** A small HTTP server on loopback for one test. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void): Promise<LocalServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString('utf8')));
  });
  await new Promise<void>(listening => {
    server.listen(0, '127.0.0.1', listening);
  });
  onTestFinished(() => new Promise<void>(closed => {
    server.closeAllConnections();
    server.close(() => closed());
  }));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, connections: () => promisify(server.getConnections.bind(server))() };
}

/** Where a program is on this machine, if it is. */
export function findProgram(name: string): string | undefined {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined; // not installed
  }
}

/** An RSS feed with these headlines, the first one the newest. */
export const feedOf = (headlines: readonly string[], title = 'A feed'): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title>${headlines.map((headline, index) =>
    `<item><title>${headline}</title><guid>item-${index}</guid><pubDate>${new Date(Date.now() - (index + 1) * 600_000).toUTCString()}</pubDate></item>`).join('')}</channel></rss>`;
