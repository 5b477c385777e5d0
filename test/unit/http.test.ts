import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import { openFetch, type FetchOptions, type FetchRequest } from '../../src/http.ts';
import { serve } from '../support/servers.ts';

const read = (url: string, options: Partial<FetchOptions> = {}, request: Partial<FetchRequest> = {}) =>
  openFetch({ allowHosts: [], userAgent: 'Repartee/test', ...options })(url, { signal: new AbortController().signal, ...request });

const failure = async (promise: Promise<unknown>): Promise<Error> => {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
};

describe('what the guarded fetch reads', () => {
  it('gives the text, the headers and the address, and says who asks', async () => {
    const { url, host } = await serve((request, response) => response.setHeader('etag', '"a"').end(`hello ${request.headers['user-agent']}`));
    const answer = await read(`${url}/x`, { allowHosts: [host] });
    expect(answer).toMatchObject({ status: 200, url: `${url}/x`, body: 'hello Repartee/test', notModified: false });
    expect(answer.headers.get('etag')).toBe('"a"');
  });

  it('asks only for what is new', async () => {
    const { url, host } = await serve((request, response) => {
      response.statusCode = request.headers['if-none-match'] === '"a"' && request.headers['if-modified-since'] === 'then' ? 304 : 200;
      response.end();
    });
    expect(await read(url, { allowHosts: [host] }, { etag: '"a"', lastModified: 'then' })).toMatchObject({ status: 304, notModified: true, body: '' });
  });

  it.each([
    ['its headers', 'text/xml; charset=ISO-8859-1', Buffer.from('caf\u00e9', 'latin1'), 'café'],
    ['its XML declaration', 'text/xml', Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>\u0080</a>', 'latin1'), '<?xml version="1.0" encoding="windows-1252"?><a>€</a>'],
    ['its byte-order mark', 'text/xml; charset=ISO-8859-1', Buffer.from('\uFEFFé', 'utf8'), 'é'],
    ['nothing', 'text/xml', Buffer.from('é', 'utf8'), 'é'],
  ])('reads the encoding that %s names', async (_, type, bytes, text) => {
    const { url, host } = await serve((_request, response) => response.setHeader('content-type', type).end(bytes));
    expect((await read(url, { allowHosts: [host] })).body).toBe(text);
  });

  it('exempts a listed host on every port, or on the listed port alone', async () => {
    const { url, host } = await serve((_, response) => response.end('in'));
    expect((await read(url, { allowHosts: ['127.0.0.1'] })).body).toBe('in');
    expect((await read(url, { allowHosts: [host.toUpperCase()] })).body).toBe('in');
    expect(await failure(read(url, { allowHosts: ['127.0.0.1:1'] }))).toBeInstanceOf(PermanentError);
  });
});

describe('where the guarded fetch does not go', () => {
  it.each([
    'http://127.0.0.1/', 'http://127.1/', 'http://0x7f.0.0.1/', 'http://0177.0.0.1/', 'http://2130706433/', 'http://127.0.0.1./', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:8.8.8.8]/', 'http://[::127.0.0.1]/', 'http://[64:ff9b::7f00:1]/', 'http://[64:ff9b:1::7f00:1]/', 'http://[2002:7f00:1::]/', 'http://[2001::1]/', 'http://[fd00::1]/', 'http://[fe80::1]/',
    'http://[fec0::1]/', 'http://[::]/', 'http://0.0.0.0/', 'http://10.0.0.1/', 'http://172.16.0.1/', 'http://192.168.1.1/', 'http://100.64.0.1/', 'http://169.254.169.254/latest/meta-data/',
    'http://198.18.0.1/', 'http://224.0.0.1/', 'http://255.255.255.255/', 'http://240.0.0.1/',
  ])('refuses %s', async url => {
    const error = await failure(read(url));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error.message).toContain('not a public address');
  });

  it.each(['file:///etc/passwd', 'ftp://feeds.example/', 'data:text/plain,x', 'no url', 'http://user:secret@feeds.example/'])('refuses %s', async url => {
    const error = await failure(read(url));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error.message).not.toContain('secret');
  });

  it('connects to nothing when one of the addresses of a name is not public', async () => {
    let connections = 0;
    const { host } = await serve((_, response) => response.end(String(++connections)));
    const lookup = async () => [{ address: '93.184.216.34', family: 4 }, { address: '127.0.0.1', family: 4 }];
    const error = await failure(read(`http://feeds.example:${host.split(':')[1]}/`, { lookup }));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error.message).toContain('feeds.example is at 127.0.0.1');
    expect(connections).toBe(0);
  });

  it('connects to the very address that it was told, asking once', async () => {
    const { host } = await serve((request, response) => response.end(request.headers.host));
    const port = host.split(':')[1];
    let asked = 0;
    const lookup = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '192.0.2.1', family: 4 }];
    expect((await read(`http://feeds.example:${port}/`, { lookup, allowHosts: [`feeds.example:${port}`] })).body).toBe(`feeds.example:${port}`);
    expect(asked).toBe(1);
  });

  it('asks the system where nobody else is asked, and refuses what it finds', async () => {
    expect((await failure(read('http://localhost:5/'))).message).toContain('not a public address');
  });

  it('checks every redirect anew', async () => {
    let reached = 0;
    const inside = await serve((_, response) => response.end(String(++reached)));
    const { url, host } = await serve((_, response) => response.writeHead(302, { location: `${inside.url}/admin` }).end());
    expect(await failure(read(url, { allowHosts: [host] }))).toBeInstanceOf(PermanentError);
    expect(reached).toBe(0);
    expect((await read(url, { allowHosts: [host, inside.host] })).url).toBe(`${inside.url}/admin`);
  });

  it('follows three redirects and not a fourth', async () => {
    const { url, host } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(301, { location: `/${left - 1}` });
      response.end('there');
    });
    expect((await read(`${url}/3`, { allowHosts: [host] })).body).toBe('there');
    expect((await failure(read(`${url}/4`, { allowHosts: [host] }))).message).toContain('redirects more than 3 times');
  });
});

describe('how much the guarded fetch takes', () => {
  it('stops at the cap', async () => {
    const { url, host } = await serve((_, response) => response.end('x'.repeat(3_000)));
    expect((await read(url, { allowHosts: [host] }, { maxBytes: 3_000 })).body).toHaveLength(3_000);
    expect((await failure(read(url, { allowHosts: [host] }, { maxBytes: 2_999 }))).message).toContain('more than 2999 bytes');
  });

  it('counts what comes out of a small compressed answer', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const { url, host } = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const before = process.memoryUsage().rss;
    const error = await failure(read(url, { allowHosts: [host] }));
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(error).toBeInstanceOf(PermanentError);
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });

  it('gives up at the deadline, whether the headers or the body are slow', async () => {
    const silent = await serve(() => undefined);
    const dripping = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    for (const url of [silent.url, dripping.url]) {
      const start = performance.now();
      const error = await failure(read(url, { allowHosts: ['127.0.0.1'] }, { timeoutMs: 150 }));
      expect(error).toBeInstanceOf(TemporaryError);
      expect(error.message).toContain('did not answer within 150 ms');
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });

  it('stops when it is told to, be it before it starts', async () => {
    const { url, host } = await serve(() => undefined);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const error = await failure(read(url, { allowHosts: [host] }, { signal: controller.signal }));
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error.message).toContain('was stopped');
    expect((await failure(read(url, { allowHosts: [host] }, { signal: AbortSignal.abort() }))).message).toContain('was stopped');
  });
});

describe('what the guarded fetch says when it fails', () => {
  it.each([
    [404, {}, PermanentError, undefined], [410, {}, PermanentError, undefined], [500, {}, TemporaryError, undefined], [503, { 'retry-after': '7' }, TemporaryError, 7_000], [429, { 'retry-after': '60' }, TemporaryError, 60_000],
  ])('tells a %i apart, with when to come again', async (status, headers, kind, afterMs) => {
    const { url, host } = await serve((_, response) => response.writeHead(status, headers).end('a page about it'));
    const error = await failure(read(url, { allowHosts: [host] }));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toBe(`${host} said ${status}`);
    expect(error instanceof TemporaryError ? error.afterMs : undefined).toBe(afterMs);
  });

  it('names a server that is not there', async () => {
    const error = await failure(read('http://127.0.0.1:5/', { allowHosts: ['127.0.0.1'] }));
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error.message).toBe('127.0.0.1:5 cannot be read: ECONNREFUSED');
  });
});
