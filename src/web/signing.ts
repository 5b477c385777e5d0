import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Vault } from '../core/ports.ts';

/** Signs what an instance says of itself, with one Ed25519 key for all its processes. */
export interface Signer {
  /** Public key, base64url. */
  readonly key: string;
  /** The JSON of `{receipt, key, signature}`, whose every byte counts. */
  sign(receipt: object): string;
}

const keyName = 'receipt-key';
/** So that a signature of a receipt can stand for nothing else. */
const purpose = 'repartee receipt 1\n';
const makeMs = 5_000;

/** Makes the key when there is none. It is kept with the logins: who has it can sign in the name of this instance. */
export async function openSigner(vault: Vault): Promise<Signer> {
  const secret = await vault.get(keyName) ?? await vault.alone(keyName, makeMs, async () => {
    const made = await vault.get(keyName) ?? generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    await vault.put(keyName, made);
    return made;
  });
  const own = createPrivateKey({ key: Buffer.from(secret, 'base64'), type: 'pkcs8', format: 'der' });
  const key = toText(createPublicKey(own));
  return { key, sign: receipt => JSON.stringify({ receipt, key, signature: sign(null, toBytes(receipt), own).toString('base64url') }) };
}

export type Checked =
  | { readonly valid: true; readonly key: string; readonly receipt: Readonly<Record<string, unknown>> }
  | { readonly valid: false; readonly why: string };

/** Whether this is a receipt exactly as it was signed, one line end behind it aside. */
export function checkReceipt(file: Buffer | string): Checked {
  const text = file.toString('utf8');
  if (!Buffer.from(text).equals(Buffer.from(file as Buffer))) return { valid: false, why: 'it is no UTF-8' };
  const bare = text.replace(/\r?\n$/u, '');
  let given: unknown;
  try {
    given = JSON.parse(bare);
  } catch {
    return { valid: false, why: 'it is no JSON' };
  }
  if (typeof given !== 'object' || given === null) return { valid: false, why: 'it is no receipt' };
  const { receipt, key, signature } = given as Readonly<Record<string, unknown>>;
  if (typeof receipt !== 'object' || receipt === null || typeof key !== 'string' || typeof signature !== 'string') return { valid: false, why: 'it is no signed receipt: receipt, key and signature belong into it' };
  // A byte that means nothing to a reader of JSON, or of base64, was changed all the same.
  if (JSON.stringify({ receipt, key, signature }) !== bare) return { valid: false, why: 'it is not byte for byte what was signed: keep the file as it was fetched' };
  const by = toKey(key);
  const bytes = Buffer.from(signature, 'base64url');
  if (!by || bytes.toString('base64url') !== signature || !verify(null, toBytes(receipt), by, bytes)) return { valid: false, why: 'the signature does not fit' };
  return { valid: true, key, receipt: receipt as Readonly<Record<string, unknown>> };
}

const toBytes = (receipt: object): Buffer => Buffer.from(purpose + JSON.stringify(receipt));

const toText = (key: KeyObject): string => String(key.export({ format: 'jwk' }).x);

function toKey(x: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return toText(key) === x ? key : undefined;
  } catch {
    return undefined;
  }
}
