import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Workers } from '../../workers/index.ts';
import { openBench } from '../bench.ts';
import { systemClock, type Bot } from '../bot.ts';
import { SetupError } from '../core/errors.ts';
import { openLog, toScrubber } from '../log.ts';
import { packageFile } from '../package-root.ts';
import type { Settings } from '../settings.ts';
import { openAttempts, openSessions } from '../store/desk.ts';
import { readSeries } from '../store/metrics.ts';
import { openNumbers } from '../store/numbers.ts';
import type { WebTools } from '../web/index.ts';
import { isPasswordHash } from '../web/password.ts';
import { openBoard } from './board.ts';
import { openSigner, type Signer } from '../web/signing.ts';
import { openVitals } from './vitals.ts';

const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { readonly version: string };

const isThisMachine = (host: string): boolean => /^(?:127(?:\.\d{1,3}){3}|localhost|::1)$/u.test(host);

/** Whoever can reach the desk over a network must know a password. */
export function checkWeb({ host, publicUrl, passwordHash }: Settings['web']): void {
  if (passwordHash !== undefined && !isPasswordHash(passwordHash)) throw new SetupError("DESK_PASSWORD_HASH is not one: make it with 'repartee desk passwd' and put the whole line into .env");
  if (passwordHash !== undefined) return;
  if (!isThisMachine(host)) throw new SetupError(`web.host: ${host} can be reached by others, and the desk has no password: make one with 'repartee desk passwd', or leave web.host at 127.0.0.1`);
  if (publicUrl !== undefined) throw new SetupError(`web.publicUrl: the world reaches these pages at ${publicUrl}, and the desk has no password: make one with 'repartee desk passwd'`);
}

/** What opens the desk, for the log. */
export const toDeskAddress = (url: string, { access }: Pick<WebTools, 'access'>): string => `${url}/desk${access.passwordHash === undefined ? `?key=${access.key}` : ''}`;

/** What the pages need of a running bot. */
export function toWebTools(bot: Bot, settings: Settings, depth: Workers['depth']): WebTools {
  const { accounts, ledger, receipts, prompts, vault, watch } = bot;
  const { web, secrets, store: _, ...shown } = settings;
  const { client } = bot.store;
  let signer: Promise<Signer> | undefined;
  return {
    accounts, ledger, receipts, prompts,
    voice: bot.persona, modelName: bot.model.name, operator: web.operator,
    signer: async () => {
      signer ??= openSigner(vault);
      try {
        return await signer;
      } catch (error) {
        signer = undefined;
        throw error;
      }
    },
    isTrouble: watch.concerns,
    log: openLog(secrets),
    baseUrl: host => web.publicUrl ?? `http://${host}`,
    board: openBoard(bot, settings),
    bench: openBench(bot, settings),
    access: { sessions: openSessions(client), attempts: openAttempts(client), audit: bot.audit, passwordHash: web.passwordHash, key: randomBytes(24).toString('base64url'), publicUrl: web.publicUrl },
    settings: { ...shown, web: { ...web, passwordHash: web.passwordHash === undefined ? 'none' : 'set' } },
    scrub: toScrubber(secrets),
    trouble: () => watch.trouble()?.line,
    vitals: openVitals(bot, depth),
    build: { version, store: bot.store.kind },
    numbers: openNumbers(client, systemClock),
    series: (span, count, network) => readSeries(client, { span, count, network, now: systemClock.now() }),
  };
}
