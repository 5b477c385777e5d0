/** Milliseconds of processor time that some work takes in this process: other processes on the machine do not count. */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The least processor time that each of these works takes in some rounds. They take turns, so that a slow moment of the machine meets all of them. */
export function leastMs(rounds: number, works: readonly (() => unknown)[]): readonly number[] {
  const took = works.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) for (const [at, work] of works.entries()) took[at] = Math.min(took[at] ?? Infinity, cpuMs(work));
  return took;
}

const page = 'The ferry keeps its own calendar: at 14:05 nobody on board had read it, né à Brème, 船は来ない. '.repeat(300);
/** Expressions, letters and tables, as most of what is timed here. */
function yardstick(): number {
  const counts = new Map<string, number>();
  for (let round = 0; round < 5; round += 1) {
    for (const word of page.toLowerCase().replace(/[^\p{L}\d]+/gu, ' ').split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const { index } of page.matchAll(/\p{Lu}\p{Ll}+/gu)) counts.set(String(index), 1);
  }
  return counts.size;
}
/** On two cores at 3 GHz which nobody else wants. */
const yardstickMs = 8;
const mostStretched = 4;

/** Whether work takes so little processor time, or as little of it as of a yardstick: where the host gives the processor to others too, its time is worth less. */
export const isWithin = (ms: number, limitMs: number): boolean =>
  ms < limitMs || ms < limitMs * Math.min(mostStretched, (leastMs(8, [yardstick])[0] ?? 0) / yardstickMs);
