import { fastify, type FastifyInstance } from 'fastify';
import type { Network, Receipts } from '../core/ports.ts';
import { SetupError } from '../core/errors.ts';

export interface WebTools {
  readonly accounts: readonly Network[];
  readonly receipts: Receipts;
  /** What keeps the store from working, in a line. */
  readonly trouble: () => string | undefined;
}

/** Health for supervisors, and the receipts of answers that everybody could see. `find` gives the tools once there are any. */
export function addRoutes(app: FastifyInstance, find: () => WebTools | undefined): void {
  app.get('/healthz', async (_, answer) => {
    const tools = find();
    if (!tools) return answer.code(503).send({ status: 'starting' });
    const trouble = tools.trouble();
    if (trouble !== undefined) return answer.code(503).send({ status: trouble });
    return { status: 'ok', accounts: tools.accounts.map(({ name, self }) => `${name} ${self.account}`) };
  });
  app.get<{ Params: { network: string; account: string; reply: string } }>('/receipts/:network/:account/:reply', async (request, answer) => {
    const { network, account, reply } = request.params;
    const trouble = find()?.trouble();
    if (trouble !== undefined) return answer.code(503).send({ error: trouble });
    const receipt = await find()?.receipts.get(network, account, reply);
    const everybody = receipt?.visibility === 'public' || receipt?.visibility === 'unlisted';
    return everybody ? receipt : answer.code(404).send({ error: 'No receipt is kept for this reply' });
  });
}

const isOwnName = (host: string): boolean => /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/iu.test(host);

/** A server of its own on loopback for the real bot. */
export async function openWeb(port: number, tools: WebTools): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = fastify({ forceCloseConnections: true });
  // A page of another site that turned its own name into our address must not read from here.
  app.addHook('onRequest', async (request, answer) => {
    if (!isOwnName(request.host)) return answer.code(403).send({ error: 'This server answers to names of this machine only' });
    return undefined;
  });
  addRoutes(app, () => tools);
  for (let tried = port; tried < port + 20 && tried <= 65_535; tried++) {
    try {
      return { url: await app.listen({ host: '127.0.0.1', port: tried }), close: () => app.close() };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  throw new SetupError(`ports ${port} to ${port + 19} are taken: choose another one with --port`);
}
