// A store that falls silent, and people who send without end: nobody waits for ever, and nobody is held.
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { openSandbox } from '../../src/sandbox/index.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { closing, onTestFinished } from '../support/cleanup.ts';
import { describeOnRedis, openSomeRedis } from '../support/redis-servers.ts';
import { openTestWeb } from '../support/web.ts';

const never = () => new Promise<never>(() => undefined);

describeOnRedis('what takes too long', redis => {
  const late = async (asked: Promise<Response>) => {
    const begun = performance.now();
    const answer = await asked;
    const text = await answer.text();
    expect(performance.now() - begun).toBeLessThan(atEaseMs(4_500));
    return { status: answer.status, text, retry: answer.headers.get('retry-after') };
  };

  it.concurrent('is given up by every page once the store says nothing', closing(async () => {
    const still = { get: never, find: never, list: never };
    const { url, tools, visitor } = await openTestWeb(redis().client, { prompts: { ...still, keep: never }, receipts: { ...still, put: never, forget: never } as never, numbers: never });
    const ada = await visitor();
    Object.assign(tools.access.sessions, { read: never });
    const pages = await Promise.all(['/about', '/', '/prompts/0011aabb', '/r/aaaaaaaaaaa', '/r/aaaaaaaaaaa.json'].map(path => late(fetch(url + path))));
    for (const page of [...pages, ...await Promise.all(['/desk', '/desk/settings', '/desk/list', '/desk/log'].map(path => late(ada.ask(path))))]) expect(page).toMatchObject({ status: 503, retry: '10' });
    expect(JSON.parse(pages[4]?.text ?? '')).toEqual({ error: expect.any(String) });
    expect(await late(ada.send('/desk/pause', {}))).toMatchObject({ status: 503, text: expect.stringMatching(/may have been done, or may not/u) });
  }), 180_000);

  it.concurrent('is waited for where a network or the model is asked, until the store is known to be away', closing(async () => {
    let trouble: string | undefined;
    let undone = 0;
    const board = (await openTestWeb(redis().client)).tools.board;
    const { visitor } = await openTestWeb(redis().client, {
      trouble: () => trouble,
      board: { ...board, undo: () => (undone++ === 0 ? new Promise(resolve => setTimeout(() => resolve({ removed: 7, failed: [] }), 4_000)) : never()) },
    });
    const ada = await visitor();
    const csrf = await ada.csrf();
    const patient = await ada.send('/desk/undo', { csrf, since: '30' });
    expect([patient.status, await patient.text()]).toEqual([200, expect.stringContaining('7 answers removed')]);
    const given = late(ada.send('/desk/undo', { csrf, since: '30' }));
    await new Promise(resolve => setTimeout(resolve, 300));
    trouble = 'Redis is away';
    expect(await given).toMatchObject({ status: 503, text: expect.stringMatching(/may have been done, or may not/u) });
  }), 180_000);
});

describe('whoever never comes to the end of what he sends', () => {
  /** How long the server bears with somebody who sends a letter now and then. */
  const hold = (url: string, start: string): Promise<number> => new Promise(done => {
    const { hostname, port } = new URL(url);
    const begun = performance.now();
    const socket = connect(Number(port), hostname, () => socket.write(start));
    const drip = setInterval(() => socket.write('a'), 500);
    socket.on('error', () => undefined).on('close', () => {
      clearInterval(drip);
      done(performance.now() - begun);
    }).resume();
    onTestFinished(() => void socket.destroy());
  });
  const slowly = (url: string, path: string): readonly string[] => {
    const { host } = new URL(url);
    return [`POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nname=`, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `];
  };
  const withinMs = 13_000;

  it.concurrent('is cut off by the pages', closing(async () => {
    const redis = await openSomeRedis();
    onTestFinished(() => redis.close());
    const { url } = await openTestWeb(redis.client);
    for (const ms of await Promise.all(slowly(url, '/desk/login').map(start => hold(url, start)))) expect(ms).toBeLessThan(withinMs);
  }), 180_000);

  it.concurrent('is cut off by the sandbox, and who only listens there is not', closing(async () => {
    const sandbox = await openSandbox({ town: false, x: false });
    onTestFinished(() => sandbox.close());
    const heard: string[] = [];
    let isListening = true;
    const stream = `GET /api/v1/streaming/user?access_token=repartee HTTP/1.1\r\nHost: ${new URL(sandbox.url).host}\r\nAccept: text/event-stream\r\n\r\n`;
    const listener = connect(Number(new URL(sandbox.url).port), new URL(sandbox.url).hostname, () => listener.write(stream));
    listener.on('data', data => heard.push(data.toString())).on('error', () => undefined).on('close', () => (isListening = false));
    onTestFinished(() => void listener.destroy());
    for (const ms of await Promise.all(slowly(sandbox.url, '/api/v1/statuses').map(start => hold(sandbox.url, start)))) expect(ms).toBeLessThan(withinMs);
    expect([isListening, heard[0]]).toEqual([true, expect.stringContaining('200 OK')]);
  }), 180_000);
});
