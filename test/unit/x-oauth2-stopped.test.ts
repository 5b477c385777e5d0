import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Vault } from '../../src/core/ports.ts';
import { openVault } from '../../src/store/vault.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { openTokenServer, type TokenServer } from '../support/token-server.ts';
import { until } from '../support/until.ts';
import { isPair, openLogin, type XLogin } from '../support/x-login.ts';

describeOnRedis('the tokens of X, in a process that was stopped for longer than it may hold the lock', redis => {
  let server: TokenServer;
  let vault: Vault;
  let login: XLogin;
  beforeEach(async () => {
    server = await openTokenServer();
    vault = openVault(async () => redis().client);
    login = openLogin(server, vault);
  });
  afterEach(() => server.close());

  /** Nobody keeps it from going on, and its time is over when it does. */
  const lockless = (more: Partial<Vault> = {}): Vault => login.through({ alone: (_, __, work) => work(), ...more });

  it('before it asked, are those of who was faster', async () => {
    const stopped = Promise.withResolvers<void>();
    let isThere = false;
    const tokens = login.open({ vault: lockless({
      async put(name, value) {
        await vault.put(name, value);
        isThere = true;
        await stopped.promise;
      },
    }) });
    const late = tokens.access();
    await until(() => isThere);
    const token = await login.open().access();
    login.clock.advance(60_000);
    stopped.resolve();
    expect(await late).toBe(token);
    expect(server.exchanges.map(({ outcome }) => outcome)).toEqual(['issued', 'refused']);
  });

  it('before it stored, are waited for by who finds its mark', async () => {
    const stopped = Promise.withResolvers<void>();
    const tokens = login.open({ vault: lockless({
      async put(name, value) {
        if (isPair(name)) await stopped.promise;
        await vault.put(name, value);
      },
    }) });
    const late = tokens.access();
    await until(() => server.count('issued') === 1);
    login.clock.advance(60_000);
    const waiting = login.open().access();
    await until(() => server.count('refused') === 1);
    stopped.resolve();
    expect(await waiting).toBe(await late);
    expect(await login.works(await late)).toBe(true);
  });

  it('before it stored, are not buried by the mark of who had read the old ones', async () => {
    const [asked, stopped, marking] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const late = login.open({ vault: lockless({
      async put(name, value) {
        if (server.count('issued') === 1) await stopped.promise;
        await vault.put(name, value);
      },
    }) }).access();
    await until(() => server.count('issued') === 1);
    login.clock.advance(60_000);
    const next = login.open({ vault: login.through({
      async put(name, value) {
        asked.resolve();
        await marking.promise;
        await vault.put(name, value);
      },
    }) }).access();
    await asked.promise;
    stopped.resolve();
    const token = await late;
    marking.resolve();
    expect(await next).toBe(token);
    expect(await login.works(await login.open().access(token))).toBe(true);
  });

  it('do not replace what is stored, should X have exchanged the same token for somebody else after', async () => {
    server.faults.forgives = true;
    server.faults.latencyMs = { after: 150 };
    const first = login.open({ vault: lockless() }).access();
    await until(() => server.count('issued') === 1);
    server.faults.latencyMs = undefined;
    const token = await login.open({ vault: lockless() }).access();
    login.clock.advance(60_000);
    expect(await first).toBe(token);
    expect(await login.works(await login.open().access(token))).toBe(true);
  });
});
