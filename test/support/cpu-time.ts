/** Milliseconds of processor time that some work takes in this process: other processes on the machine do not count. */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
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

/** How many times as long as there the processor takes now, at least 1: where the host gives it to others too, its time is worth less. */
export const slowness = (): number => Math.max(1, Math.min(...[1, 2, 3].map(() => cpuMs(yardstick))) / yardstickMs);
