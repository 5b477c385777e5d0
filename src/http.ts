// The guarded fetch: the only way out to addresses that somebody else may have chosen. It reaches public addresses and what the
// operator listed, nothing else, and it never takes more than its share of time or bytes.
import type { LookupAddress } from 'node:dns';
import { lookup as lookUpName } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, fetch, type Dispatcher, type Response } from 'undici';
import { PermanentError, TemporaryError } from './core/errors.ts';

/** All addresses of a host name. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>;

export interface FetchOptions {
  /** `host` or `host:port`, exactly: exempt from the address check. */
  readonly allowHosts: readonly string[];
  readonly userAgent: string;
  /** Asks the system unless told otherwise. */
  readonly lookup?: Lookup;
}

export interface FetchRequest {
  readonly signal: AbortSignal;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** Of the decoded body. */
  readonly maxBytes?: number;
  /** For everything together: names, redirects, body. */
  readonly timeoutMs?: number;
}

export interface FetchResult {
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  readonly headers: Headers;
  /** Decoded by the charset that its headers, its byte-order mark or its XML declaration name; UTF-8 otherwise. */
  readonly body: string;
  readonly notModified: boolean;
}

/** Answers with 2xx or 304. Anything else throws TemporaryError (worth another try, `afterMs` when the other side said when) or PermanentError. */
export type GuardedFetch = (url: string, request: FetchRequest) => Promise<FetchResult>;

const maxRedirects = 3;

export function openFetch({ allowHosts, userAgent, lookup = systemLookup }: FetchOptions): GuardedFetch {
  const allowed = new Set(allowHosts.map(host => host.toLowerCase()));
  const isAllowed = (url: URL): boolean => allowed.has(url.hostname) || allowed.has(`${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`);
  // Separate pools: a connection that was opened to an exempt host is never handed to a request that is not exempt.
  const open = new Agent({ connect: { lookup: toSocketLookup(lookup, () => undefined) } });
  const guarded = new Agent({ connect: { lookup: toSocketLookup(lookup, refuseNonPublic) } });

  async function walk(start: URL, headers: Record<string, string>, signal: AbortSignal): Promise<{ url: URL; response: Response }> {
    let url = start;
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const dispatcher: Dispatcher = isAllowed(url) ? open : guarded;
      if (dispatcher === guarded) refuseLiteral(url);
      const response = await fetch(url, { headers, signal, dispatcher, redirect: 'manual' });
      const location = response.headers.get('location');
      if (response.status === 304 || response.status < 300 || response.status > 399 || location === null) return { url, response };
      await response.body?.cancel();
      const next = toUrl(location, url);
      if (url.protocol === 'https:' && next.protocol === 'http:') throw new PermanentError(`${url.host} redirects from https to http (${next.host})`);
      url = next;
    }
    throw new PermanentError(`${start.host} redirects more than ${maxRedirects} times`);
  }

  return async (address, { signal, etag, lastModified, maxBytes = 2_000_000, timeoutMs = 5_000 }) => {
    const start = toUrl(address);
    const deadline = AbortSignal.timeout(timeoutMs);
    const headers = {
      'user-agent': userAgent,
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
      ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
    };
    try {
      const { url, response } = await walk(start, headers, AbortSignal.any([signal, deadline]));
      const notModified = response.status === 304;
      if (!response.ok && !notModified) {
        await response.body?.cancel();
        throw refusal(url, response);
      }
      const bytes = await readAtMost(response, maxBytes, url);
      return { status: response.status, url: url.href, headers: new Headers([...response.headers]), body: decode(bytes, response.headers.get('content-type') ?? ''), notModified };
    } catch (error) {
      throw toKnownError(error, start, signal, deadline, timeoutMs);
    }
  };
}

const systemLookup: Lookup = host => lookUpName(host, { all: true });

/** The addresses that were checked are the ones the socket gets: a name cannot point elsewhere between check and connect. */
function toSocketLookup(lookup: Lookup, check: (host: string, addresses: readonly LookupAddress[]) => void): LookupFunction {
  const checked = async (host: string): Promise<LookupAddress[]> => {
    const addresses = await lookup(host);
    check(host, addresses);
    return [...addresses];
  };
  return (host, options, callback) => {
    checked(host).then(
      addresses => {
        const [first] = addresses;
        if (first === undefined) callback(new TemporaryError(`${host} has no address`), '');
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

function refuseNonPublic(host: string, addresses: readonly LookupAddress[]): void {
  const inside = addresses.find(({ address }) => !isPublic(address));
  if (inside) throw notPublic(host, inside.address);
}

/** A socket does not look up what is an address already. URL parsing has turned octal, hexadecimal and integer forms into dotted ones. */
function refuseLiteral(url: URL): void {
  const literal = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(literal) && !isPublic(literal)) throw notPublic(url.host, literal);
}

/** Only plain unicast: not loopback, private, link-local, carrier-grade NAT, nor IPv4 wrapped in IPv6 (mapped, NAT64, 6to4, Teredo). */
function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  // 2000::/3 is all that is given out; ipaddr.js takes the rest of the space for unicast too, ::7f00:1 among it.
  return parsed.range() === 'unicast' && (!('parts' in parsed) || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000);
}

const notPublic = (host: string, address: string): PermanentError =>
  new PermanentError(`${host} is at ${address}, which is not a public address; if it is yours, list it under context.allowHosts`);

function toUrl(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (url === null) throw new PermanentError(`'${address.slice(0, 200)}' is not a URL`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new PermanentError(`${url.protocol}// is not fetched, only http and https`);
  if (url.username || url.password) throw new PermanentError(`the URL of ${url.host} holds credentials`);
  return url;
}

function refusal(url: URL, response: Response): TemporaryError | PermanentError {
  const message = `${url.host} said ${response.status}`;
  if (response.status < 500 && response.status !== 408 && response.status !== 425 && response.status !== 429) return new PermanentError(message);
  const wait = response.headers.get('retry-after') ?? '';
  const waitMs = /^\d+$/u.test(wait) ? Number(wait) * 1_000 : Date.parse(wait) - Date.now();
  return new TemporaryError(message, Number.isFinite(waitMs) ? { afterMs: Math.max(0, waitMs) } : {});
}

/** Counts what comes out of decompression: a small answer can unpack to a huge one. */
async function readAtMost(response: Response, maxBytes: number, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.byteLength;
    if (size > maxBytes) throw new PermanentError(`${url.host} sent more than ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array, contentType: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const mark = start.startsWith('þÿ') ? 'utf-16be' : start.startsWith('ÿþ') ? 'utf-16le' : start.startsWith('ï»¿') ? 'utf-8' : undefined;
  const label = mark ?? /charset=["']?([\w.:-]+)/iu.exec(contentType)?.[1] ?? /^\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/u.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch (error) {
    throw new PermanentError(`the text is in '${label}', an encoding that nobody here knows`, { cause: error });
  }
}

function toKnownError(error: unknown, url: URL, signal: AbortSignal, deadline: AbortSignal, timeoutMs: number): TemporaryError | PermanentError {
  const cause = valueAt(error, 'cause');
  const ours = [error, cause].find(each => each instanceof PermanentError || each instanceof TemporaryError);
  if (ours) return ours;
  if (signal.aborted) return new TemporaryError(`reading ${url.host} was stopped`, { cause: error });
  if (deadline.aborted) return new TemporaryError(`${url.host} did not answer within ${timeoutMs} ms`, { cause: error });
  // undici says "fetch failed" and keeps what happened in the cause.
  const what = valueAt(cause, 'code') ?? valueAt(cause, 'message') ?? valueAt(error, 'message') ?? error;
  return new TemporaryError(`${url.host} cannot be read: ${String(what)}`, { cause: error });
}

const valueAt = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined);
