import { detectLanguage } from './context/language.ts';
import { openFeed } from './context/feeds.ts';
import { openPool } from './context/pool.ts';
import { openRank } from './context/rank.ts';
import { openSearch } from './context/search.ts';
import { openTrends } from './context/trends.ts';
import type { Audit } from './core/desk.ts';
import { SetupError } from './core/errors.ts';
import type { Counts } from './core/counts.ts';
import type { Halt, Moderate } from './core/manners.ts';
import type { Clock, ContextSource, Failpoint, Lease, Ledger, Model, Network, Pool, Prompts, Receipts, Vault } from './core/ports.ts';
import type { Persona } from './core/types.ts';
import { openFetch } from './http.ts';
import { toScrubber, type Log } from './log.ts';
import { openModel } from './models/index.ts';
import { openModeration } from './moderation/index.ts';
import { readRoom } from './moderation/room.ts';
import { dryRun } from './networks/dry-run.ts';
import type { NetworkEntry } from './networks/entry.ts';
import * as networks from './networks/index.ts';
import type { ComposeTools } from './pipeline/compose.ts';
import { toSilence } from './pipeline/reasons.ts';
import type { RereadTools } from './pipeline/reread.ts';
import type { SilenceRules } from './pipeline/silence.ts';
import type { PublishTools } from './pipeline/steps.ts';
import type { TellTools } from './pipeline/tell.ts';
import type { Settings } from './settings.ts';
import { openAudit, toAct } from './store/desk.ts';
import { openCondition, type Condition } from './store/condition.ts';
import { countLedger, countModel } from './store/counted.ts';
import { openCanary, type CanaryPost } from './store/canary.ts';
import { openDurable } from './store/durable.ts';
import { openEpoch } from './store/epoch.ts';
import { openHalt } from './store/halt.ts';
import { openKept } from './store/kept.ts';
import { openLease } from './store/lease.ts';
import { openLedger } from './store/ledger.ts';
import { openMemory } from './store/memory.ts';
import { openMeters } from './store/meter.ts';
import { openCounts } from './store/metrics.ts';
import { openProcessId } from './store/process-id.ts';
import { openPrompts } from './store/prompts.ts';
import { openQuotas } from './store/quotas.ts';
import { openReceipts } from './store/receipts.ts';
import type { Store } from './store/redis.ts';
import { openRereads, type Rereads } from './store/rereads.ts';
import { openSaid } from './store/said.ts';
import { openTold } from './store/told.ts';
import { openVault } from './store/vault.ts';
import { openWishes, saltWishes } from './store/wishes.ts';
import { watchStore, type StoreWatch } from './store/watch.ts';

/** Everything that a running program needs, opened and connected. */
export interface Bot {
  readonly accounts: readonly Network[];
  /** As its file is now. */
  readonly persona: () => Persona;
  readonly model: Model;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly prompts: Prompts;
  readonly vault: Vault;
  readonly pool: Pool;
  readonly moderate: Moderate;
  readonly halt: Halt;
  readonly audit: Audit;
  readonly sources: readonly ContextSource[];
  readonly condition: Condition;
  readonly counts: Counts;
  readonly canary: CanaryPost;
  /** How the store fares. */
  readonly watch: StoreWatch;
  composeTools(network: Network): ComposeTools;
  publishTools(network: Network): PublishTools;
  /** The right to listen on an account, which one process at a time has. */
  lease(network: Network): Lease;
  /** Answered mentions that are to be looked at again. */
  readonly rereads: Rereads;
  rereadTools(network: Network): RereadTools;
  /** Who may give orders, as `network:handle`. */
  readonly owners: readonly string[];
  tellTools(network: Network): TellTools;
  readonly failpoint: Failpoint | undefined;
  /** `clean`: nothing of ours is under way any more. */
  close(clean: boolean): Promise<void>;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
export const userAgent = 'Repartee/0.1 (bot)';

/** Opens every configured account; asks each network who we are. */
export const openAccounts = (settings: Settings, log: Log, clock: Clock, { meters, vault }: { readonly meters: ReturnType<typeof openMeters>; readonly vault: Vault }): Promise<Network[]> =>
  Promise.all(Object.entries(settings.networks).map(async ([name, options]) => {
    const entry = Object.values<NetworkEntry>(networks).find(network => network.name === name);
    if (!entry) throw new Error(`no network is called ${name}`);
    const network = await entry.open(options, { clock, userAgent, meter: account => meters(name, account), vault, hide: secret => void settings.secrets.push(secret), say: log });
    return settings.dryRun ? dryRun(network, log) : network;
  }));

/** Networks count letters each in their own way: a line that is too long for one would be cut, and with it perhaps the number. */
export function checkHelpLines(lines: Settings['manners']['helpLines'], accounts: readonly Pick<Network, 'name' | 'limits' | 'measure'>[]): void {
  for (const { name, limits, measure } of accounts) {
    for (const [language, line] of Object.entries(lines)) {
      if (measure(line) > limits.text) throw new SetupError(`manners.helpLines.${language}: ${name} counts ${measure(line)} characters and takes ${limits.text}: make it shorter`);
    }
  }
}

export const openSources = (settings: Settings, accounts: readonly Network[]): ContextSource[] => {
  const fetch = openFetch({ allowHosts: settings.context.allowHosts, userAgent });
  return [...settings.context.feeds.map(url => openFeed(url, fetch, detectLanguage)), ...accounts.map(network => openTrends(network))];
};

const toRules = ({ answer, manners }: Settings): SilenceRules => ({ answers: manners.answer, leaveAlone: manners.leaveAlone, quotas: manners.quotas, maxAgeMs: answer.maxAgeMs });

/** The model, with a crash point in the middle of every answer. */
const withFailpoint = (model: Model, failpoint: Failpoint | undefined): Model => (failpoint === undefined ? model : {
  ...model,
  complete: async (prompt, signal) => (await Promise.all([model.complete(prompt, signal), failpoint('in the model')]))[0],
});

/** Settings → Bot. What the operator wrote is checked before anything is written, except where a token that changes must be read first. */
export async function openBot(settings: Settings, persona: () => Persona, log: Log, clock: Clock = systemClock, failpoint?: Failpoint): Promise<Bot> {
  const model = withFailpoint(await openModel(settings.model), failpoint);
  let opening: ReturnType<typeof openKept> | undefined;
  const keep = () => (opening ??= openKept(settings.store));
  try {
    return await openOn(settings, persona, model, keep, log, clock, failpoint);
  } catch (error) {
    const [opened] = await Promise.allSettled([opening ?? Promise.resolve(undefined)]);
    if (opened.status === 'fulfilled') await opened.value?.close();
    throw error;
  }
}

async function openOn(settings: Settings, persona: () => Persona, model: Model, keep: () => ReturnType<typeof openKept>, log: Log, clock: Clock, failpoint: Failpoint | undefined): Promise<Bot> {
  const client = Promise.withResolvers<Store['client']>();
  const vault = openVault(async () => (await keep()).store.client);
  const counts = openCounts(client.promise, clock, error => {
    if (!watch.concerns(error)) log(`what was counted is written later: ${error instanceof Error ? error.message : String(error)}`);
  });
  const accounts = await openAccounts(settings, log, clock, { meters: openMeters(client.promise, clock, { keepMs: settings.keepMs, warn: log, booked: (network, dollars) => counts.add('dollars', network, 'network', dollars) }), vault });
  checkHelpLines(settings.manners.helpLines, accounts);
  const kept = await keep();
  const { store } = kept;
  client.resolve(store.client);
  const watch = watchStore(store, log);
  // Nothing could be begun in a store that is full or read-only.
  if (await watch.look()) await watch.whenWell(new AbortController().signal);
  const process = openProcessId(() => clock.monotonic());
  const epoch = await openEpoch(store.client, process, clock, { postTimeoutMs: settings.posting.timeoutMs, settleMs: settings.posting.settleMs });
  const durable = store.confirms ? openDurable(store.connection) : undefined;
  const ledger = countLedger(openLedger(store.client, { keepFinalMs: settings.keepMs, epoch: epoch.id, durable, scrub: toScrubber(settings.secrets), warn: log }), counts, toSilence);
  await saltWishes(store.client);
  const receipts = openReceipts(store.client, settings.keepMs);
  const prompts = openPrompts(store.client);
  const audit = openAudit(store.client);
  const noted = { audit: (decision: Parameters<typeof toAct>[0]) => audit.note(toAct(decision)) };
  const pool = openPool(store.client);
  const rank = openRank(pool, clock);
  const canary = openCanary(store.client, openHalt(store.client), settings.canary);
  const said = ({ name, self }: Network) => openSaid(store.client, name, self.account);
  const manners = {
    receipts, rules: toRules(settings),
    moderate: openModeration(settings.moderation, { userAgent, say: log }),
    wishes: openWishes(store.client, { linked: settings.manners.linked, keepQuietMs: settings.keepMs }),
    quotas: openQuotas(store.client),
    halt: openHalt(store.client),
    memory: openMemory(store.client, { keptDays: Math.round(settings.keepMs / 86_400_000), rewrite: () => store.rewrite() }),
  };

  return {
    accounts, persona, model, store, ledger, receipts, prompts, vault, pool,
    moderate: manners.moderate,
    halt: manners.halt, audit, counts,
    sources: openSources(settings, accounts),
    watch: {
      ...watch,
      // What is heard before the life of the store is known would have to be looked for on the network first.
      whenWell: async signal => {
        await watch.whenWell(signal);
        await epoch.whenKnown(signal);
      },
    },
    condition: openCondition(store.client, clock, { scrub: toScrubber(settings.secrets), warn: log }),
    composeTools: network => ({
      network, ledger, rank, detectLanguage, clock, failpoint,
      model: countModel(model, counts, network.name),
      quietAt: epoch.quietAt,
      search: openSearch(network, pool, manners.moderate, log),
      persona,
      maxLength: settings.answer.maxLength,
      modelTimeoutMs: settings.model.timeoutSeconds * 1_000,
      secrets: settings.secrets,
      ...manners, ...noted, readRoom, prompts,
      halted: () => manners.halt.reason(network.name),
      recent: said(network).recent,
      sameFrom: network.sameFrom ?? 0,
      helpLines: settings.manners.helpLines,
      neutral: settings.moderation.onHit === 'line',
      holds: settings.approval.includes(network.name),
      owners: settings.owners,
      songs: canary.limit === 0 ? undefined : canary,
    }),
    publishTools: network => ({
      network, ledger, clock, failpoint,
      processId: process.id,
      goneForMs: id => process.goneForMs(id),
      quietAt: epoch.quietAt,
      postTimeoutMs: settings.posting.timeoutMs,
      settleMs: settings.posting.settleMs,
      onUnknown: settings.posting.onUnknown,
      ...manners,
      holds: settings.approval.includes(network.name),
      remember: said(network).remember,
    }),
    canary,
    rereads: openRereads(store.client, { keepMs: settings.keepMs }),
    rereadTools: network => ({ network, accounts, ledger, receipts, memory: manners.memory }),
    owners: settings.owners,
    tellTools: network => ({ network, ledger, failpoint, ...noted, owners: settings.owners, told: openTold(store.client), wishes: manners.wishes, halt: manners.halt }),
    lease: network => openLease(store.client, process, network.name, network.self.account),
    failpoint,
    async close(clean) {
      if (!watch.trouble()) await counts.close();
      if (clean && !watch.trouble()) await epoch.leave();
      epoch.close();
      watch.close();
      durable?.close();
      await kept.close();
    },
  };
}
