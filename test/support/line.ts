import type { Redis } from 'ioredis';
import type { Clock, Ledger, Network, Receipts } from '../../src/core/ports.ts';
import type { LedgerRecord, Outcome } from '../../src/core/record.ts';
import type { Gathered, Mention, MentionRef, Persona } from '../../src/core/types.ts';
import { compose, type ComposeTools } from '../../src/pipeline/compose.ts';
import { publish } from '../../src/pipeline/publish.ts';
import type { SilenceRules } from '../../src/pipeline/silence.ts';
import type { PublishTools } from '../../src/pipeline/steps.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { openHalt } from '../../src/store/halt.ts';
import { openMemory } from '../../src/store/memory.ts';
import { openQuotas } from '../../src/store/quotas.ts';
import { openReceipts } from '../../src/store/receipts.ts';
import { openSaid } from '../../src/store/said.ts';
import { openWishes } from '../../src/store/wishes.ts';
import { openFakeClock, type FakeClock } from './fake-clock.ts';
import { openFakeNetwork, type FakeNetwork, type FakeNetworkOptions } from './fake-network.ts';
import { aPersona, openScriptedModel, type ScriptedModel } from './fixtures.ts';

export const postTimeoutMs = 10_000;
export const settleMs = 3_000;
export const maxAgeMs = 3_600_000;
/** Silence by age alone: quotas are tried where they are meant. */
export const rules: SilenceRules = { answers: ['public', 'unlisted', 'followers', 'direct'], leaveAlone: [], maxAgeMs, quotas: { thread: 0, personSoon: 0, personDay: 0, newcomer: 0, server: 0, all: 0 } };
/** The one life of the tests' ledger. */
export const epoch = 'epoch-1';

/** What one account needs to answer, over the real ledger. */
export function openTools(client: Redis, clock: Clock, network: Network, model: ScriptedModel, more: { readonly persona?: Persona; readonly gathered?: Gathered; readonly publish?: Partial<PublishTools> } = {}):
{ ledger: Ledger; receipts: Receipts; composeTools: ComposeTools; publishTools: PublishTools } {
  const ledger = openLedger(client, { keepFinalMs: 86_400_000, now: () => clock.now(), epoch: () => epoch });
  const receipts = openReceipts(client, 86_400_000);
  const said = openSaid(client, network.name, network.self.account);
  const manners = {
    receipts, rules,
    wishes: openWishes(client, { linked: [], keepQuietMs: 86_400_000 }), quotas: openQuotas(client), halt: openHalt(client),
    memory: openMemory(client, { keptDays: 1, rewrite: async () => undefined }),
  };
  return {
    ledger,
    receipts,
    composeTools: {
      network, ledger, model, clock, ...manners,
      quietAt: () => 0,
      rank: async () => more.gathered ?? { open: false, items: [] },
      detectLanguage: (_, hint) => hint ?? 'en',
      persona: () => more.persona ?? aPersona(),
      maxLength: 220,
      secrets: ['sk-canary-4711'], modelTimeoutMs: 5_000, sameFrom: 0,
      moderate: async () => undefined,
      readRoom: () => undefined,
      recent: said.recent,
    },
    publishTools: {
      network, ledger, clock, postTimeoutMs, settleMs, ...manners, remember: said.remember,
      processId: 'process-one',
      goneForMs: () => undefined,
      onUnknown: 'settle',
      quietAt: () => 0,
      ...more.publish,
    },
  };
}

/** The straight line of one account, driven by hand on a clock that stands still. */
export interface Line extends ReturnType<typeof openTools> {
  readonly clock: FakeClock;
  readonly network: FakeNetwork;
  readonly model: ScriptedModel;
  /** Puts a mention into the ledger. */
  see(mention: Mention): Promise<MentionRef>;
  compose(ref: MentionRef, more?: Partial<ComposeTools>): Promise<Outcome>;
  publish(ref: MentionRef, more?: Partial<PublishTools>): Promise<Outcome>;
  /** Sees and composes. */
  draft(mention: Mention): Promise<MentionRef>;
  record(ref: MentionRef): Promise<LedgerRecord>;
  /** Runs a drafted mention as the workers would, waiting as long as it is told to, and returns every outcome of publishing. */
  runToEnd(ref: MentionRef): Promise<Outcome[]>;
}

export function openLine(client: Redis, options: Parameters<typeof openTools>[4] & { readonly network?: Partial<FakeNetworkOptions>; readonly says?: (string | Error)[] } = {}): Line {
  const clock = openFakeClock();
  const network = openFakeNetwork({ clock, ...options.network });
  const model = openScriptedModel(...options.says ?? []);
  const tools = openTools(client, clock, network, model, options);
  const { ledger, composeTools, publishTools } = tools;
  const line: Line = {
    ...tools, clock, network, model,
    async see(mention) {
      await ledger.see(network.name, network.self.account, [], 'c0', { epoch, isEnd: true }); // nothing was answered in an earlier life
      const [ref] = await ledger.see(network.name, network.self.account, [mention], 'c0', { epoch, isEnd: true });
      if (!ref) throw new Error(`${mention.id} is known already`);
      return ref;
    },
    compose: (ref, more = {}) => compose(ref, { ...composeTools, ...more }),
    publish: (ref, more = {}) => publish(ref, { ...publishTools, ...more }),
    async draft(mention) {
      const ref = await line.see(mention);
      const outcome = await line.compose(ref);
      if (outcome.kind !== 'drafted') throw new Error(`not drafted: ${JSON.stringify(outcome)}`);
      return ref;
    },
    async record(ref) {
      const record = await ledger.get(ref);
      if (!record) throw new Error(`the ledger does not hold ${ref.id}`);
      return record;
    },
    async runToEnd(ref) {
      const outcomes: Outcome[] = [];
      for (let run = 0; run < 30; run++) {
        const outcome = await line.publish(ref);
        outcomes.push(outcome);
        if (outcome.kind === 'later') clock.advance(outcome.afterMs);
        else if (outcome.kind === 'redraft') await line.compose(ref);
        else return outcomes;
      }
      throw new Error(`${ref.id} comes to no end: ${JSON.stringify(outcomes.at(-1))}`);
    },
  };
  return line;
}
