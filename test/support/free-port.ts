import { createServer } from 'node:net';

/** Below those that a system gives away by itself: between our asking and our use only who asks here too may be given one of these. */
const [from, count] = [20_000, 12_000];

/** A port that nobody listens on, nor is likely to while whoever asked is away for a minute. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = from + Math.floor(Math.random() * count);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> => new Promise((resolve, reject) => {
  const server = createServer();
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') resolve(false);
    else reject(error);
  });
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
});
