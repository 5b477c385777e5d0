import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MB and about a tenth of a second for each guess. */
const cost = { N: 2 ** 15, r: 8, p: 3 };
const maxmem = 256 * 2 ** 20;
const length = 32;

const derive = (password: string, salt: Buffer, options: typeof cost): Promise<Buffer> => new Promise((resolve, reject) => {
  scrypt(password.normalize('NFKC'), salt, length, { ...options, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
});

/** For DESK_PASSWORD_HASH: `scrypt:N:r:p:salt:key`, without a sign that a shell or a compose file would read otherwise. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':');
}

interface Parts { readonly options: typeof cost; readonly salt: Buffer; readonly key: Buffer }

function read(hash: string): Parts | undefined {
  const [, N, r, p, salt, key] = /^scrypt:(\d{1,8}):(\d{1,2}):(\d{1,2}):([\w-]{16,}):([\w-]{43})$/u.exec(hash) ?? [];
  if (N === undefined || r === undefined || p === undefined || salt === undefined || key === undefined) return undefined;
  const options = { N: Number(N), r: Number(r), p: Number(p) };
  const isPower = options.N > 1 && Number.isInteger(Math.log2(options.N));
  return isPower && options.r > 0 && options.p > 0 && 128 * options.N * options.r <= maxmem / 2 ? { options, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') } : undefined;
}

/** Whether `hashPassword` could have made it. */
export const isPasswordHash = (hash: string): boolean => read(hash) !== undefined;

/** Takes as long for a wrong password as for the right one. */
export async function checkPassword(password: string, hash: string): Promise<boolean> {
  const parts = read(hash);
  return parts !== undefined && timingSafeEqual(await derive(password, parts.salt, parts.options), parts.key);
}
