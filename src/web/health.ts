// For machines: whether it lives, whether it is of use, and what it counts. Nobody's words, and no secret: whoever reaches the port may ask.
import type { FastifyInstance } from 'fastify';
import type { Numbers, Point } from '../core/counts.ts';
import type { Network } from '../core/ports.ts';
import { isPassedOn } from './access.ts';
import { contentType, toMetricsText, type AccountVitals, type Vitals } from './metrics-text.ts';

export type { Vitals } from './metrics-text.ts';

export interface HealthTools {
  readonly accounts: readonly Pick<Network, 'name' | 'self'>[];
  /** What keeps the store from working, in a line. */
  readonly trouble: () => string | undefined;
  readonly vitals: () => Promise<Vitals>;
  /** Which version runs, on which kind of store. */
  readonly build: { readonly version: string; readonly store: string };
  /** What may be told to everybody. */
  readonly numbers: () => Promise<Numbers>;
  /** For charts, the oldest first: up to 30 days or 48 hours. Without a network: all of them. */
  readonly series: (span: 'day' | 'hour', count: number, network?: string) => Promise<readonly Point[]>;
}

/** Asked by whom names of hosts mean nothing: a probe, or Prometheus in the next container. */
export const forMachines: readonly string[] = ['/healthz', '/readyz', '/metrics'];

/** However many ask. */
const keptMs = 1_000;
const answeredWithinMs = 2_000;
/** A walk may take long, and a slow network is not an absent one. */
const readLateMs = 5 * 60_000;
const readsMissed = 3;
/** One failure is tried again; after so long without a question nobody knows. */
const failuresInRow = 3;
const modelKnownMs = 10 * 60_000;

export function addHealth(app: FastifyInstance, find: () => HealthTools | undefined): void {
  const look = openLook();
  app.get('/healthz', async (_, answer) => {
    const tools = find();
    if (!tools) return answer.code(503).send({ status: 'starting' });
    const trouble = tools.trouble();
    if (trouble !== undefined) return answer.code(503).send({ status: trouble });
    return { status: 'ok', accounts: tools.accounts.map(({ name, self }) => `${name} ${self.account}`) };
  });
  app.get('/readyz', async (_, answer) => {
    void answer.header('cache-control', 'no-store');
    const tools = find();
    const trouble = tools?.trouble();
    const vitals = tools && trouble === undefined ? await look.now(tools) : undefined;
    const missing = !tools ? ['it is starting'] : trouble !== undefined ? [trouble] : vitals ? vitals.accounts.flatMap(toMissing) : ['the store gives no answer'];
    const paused = vitals?.accounts.filter(({ isPaused }) => isPaused).map(({ network }) => network) ?? [];
    if (missing.length > 0) return answer.code(503).send({ ready: false, missing, paused });
    return { ready: true, accounts: tools?.accounts.map(({ name, self }) => `${name} ${self.account}`), paused };
  });
  app.get('/metrics', async (request, answer) => {
    // The world comes through a proxy; who counts stands beside us.
    if (isPassedOn(request)) return answer.code(403).send({ error: 'these figures are for machines beside this one: ask the port itself' });
    void answer.headers({ 'cache-control': 'no-store', 'content-type': contentType });
    const tools = find();
    if (!tools) return answer.code(503).send('');
    const vitals = tools.trouble() === undefined ? await look.now(tools) : undefined;
    return answer.send(toMetricsText(vitals ?? look.last(), { isUp: vitals !== undefined, ...tools.build }));
  });
}

/** What keeps an account from being answered, for the operator. */
function toMissing({ network, account, isHeard, read, model }: AccountVitals): string[] {
  const where = `${network} ${account}`;
  const isLate = read !== undefined && read.agoMs > Math.max(readLateMs, readsMissed * read.value);
  const isFailing = model !== undefined && model.value >= failuresInRow && model.agoMs < modelKnownMs;
  return [
    ...isHeard ? [] : [`nobody listens on ${where}: a process with the role all or listen does`],
    ...read ? [] : [`mentions on ${where} were not read yet`],
    ...isLate ? [`mentions on ${where} were not read for ${Math.floor(read.agoMs / 60_000)} minutes`] : [],
    ...isFailing ? [`the model fails for ${where}: ${model.value} times in a row`] : [],
  ];
}

/** One look for all who ask, and none that is waited for for ever. */
function openLook() {
  let last: Vitals | undefined;
  let looking: { readonly vitals: Promise<Vitals | undefined>; readonly at: number; isOver: boolean } | undefined;
  const begin = (tools: HealthTools) => {
    const begun = {
      at: performance.now(), isOver: false,
      vitals: tools.vitals().then(vitals => (last = vitals), () => {
        // It says nothing itself: the watch over the store does.
        looking = undefined;
        return undefined;
      }).finally(() => {
        begun.isOver = true;
      }),
    };
    return begun;
  };
  return {
    last: () => last,
    async now(tools: HealthTools): Promise<Vitals | undefined> {
      if (!looking || (looking.isOver && performance.now() - looking.at > keptMs)) looking = begin(tools);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>(resolve => {
        timer = setTimeout(resolve, answeredWithinMs, undefined);
      });
      try {
        return await Promise.race([looking.vitals, late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
