/** Waits until something holds, and complains when it does not within the time. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 10_000, everyMs = 10): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not so within ${withinMs} ms: ${holds.toString()}`);
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}
