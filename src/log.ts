/** One line for the operator. */
export type Log = (line: string) => void;

/** Lines on standard output with the time in front; no secret ever passes. */
export function openLog(secrets: readonly string[], write: (text: string) => void = text => process.stdout.write(text)): Log {
  const scrub = toScrubber(secrets);
  return line => write(`${new Date().toISOString().slice(11, 19)} ${scrub(line).replace(/[\s\p{Cc}]+/gu, ' ')}\n`);
}

/** Replaces every secret by `***`, also those that join the list later. */
export function toScrubber(secrets: readonly string[]): (text: string) => string {
  return text => secrets.toSorted((a, b) => b.length - a.length).reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
