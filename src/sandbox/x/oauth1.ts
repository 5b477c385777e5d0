import { createHmac, timingSafeEqual } from 'node:crypto';
import type { XKeys } from './options.ts';

/** What is right or wrong with an OAuth 1.0a header. */
export type Verdict = 'fine' | 'incomplete' | 'unknown app' | 'clock' | 'unknown token' | 'signature';

export interface SignedRequest {
  readonly method: string;
  /** As the client sees it, with its query. */
  readonly url: URL;
  readonly authorization: string;
  /** Of a form-encoded body, which is signed too. */
  readonly form: URLSearchParams;
}

/** How far a client's clock may be off. */
const toleranceMs = 300_000;

const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Names and values of the header; what is not well encoded is not there. */
const readHeader = (authorization: string): ReadonlyMap<string, string> =>
  new Map([...authorization.matchAll(/(?<=[\s,])(\w+)="((?:[\w.~-]|%[0-9A-F]{2})*)"(?=\s*(?:,|$))/gi)]
    .map(([, name = '', value = '']) => [name, new URLSearchParams(`value=${value}`).get('value') ?? '']));

/** RFC 5849, 3.4.1: method, address and every parameter, encoded and in order. */
const toBaseString = ({ method, url, form }: SignedRequest, header: ReadonlyMap<string, string>): string => {
  const signed = [...url.searchParams, ...form, ...header].filter(([name]) => name !== 'realm' && name !== 'oauth_signature');
  const pairs = signed.map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return [method.toUpperCase(), `${url.origin}${url.pathname}`, pairs.map((pair) => pair.join('=')).join('&')].map(encode).join('&');
};

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** Verifies signatures of one app and one user, and takes no nonce twice. */
export const openSignatures = (keys: XKeys, now: () => number) => {
  const used = new Map<string, number>();
  const isNew = (nonce: string): boolean => {
    // Oldest first; older ones the clock refuses.
    for (const [old, at] of used) {
      if (now() - at <= 2 * toleranceMs) break;
      used.delete(old);
    }
    if (used.has(nonce)) return false;
    used.set(nonce, now());
    return true;
  };
  return (request: SignedRequest): Verdict => {
    const header = readHeader(request.authorization);
    const read = (name: string): string => header.get(`oauth_${name}`) ?? '';
    const isWhole = ['consumer_key', 'token', 'nonce', 'timestamp', 'signature'].every((name) => read(name) !== '');
    if (!isWhole || read('signature_method') !== 'HMAC-SHA1' || !['', '1.0'].includes(read('version'))) return 'incomplete';
    if (read('consumer_key') !== keys.appKey) return 'unknown app';
    if (!(Math.abs(Number(read('timestamp')) * 1000 - now()) <= toleranceMs)) return 'clock';
    if (read('token') !== keys.accessToken) return 'unknown token';
    const key = `${encode(keys.appSecret)}&${encode(keys.accessSecret)}`;
    const signature = createHmac('sha1', key).update(toBaseString(request, header)).digest();
    return isSame(signature, Buffer.from(read('signature'), 'base64')) && isNew(`${read('timestamp')} ${read('nonce')}`) ? 'fine' : 'signature';
  };
};
