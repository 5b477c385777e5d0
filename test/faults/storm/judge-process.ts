// What runs in the judge's process: it obeys its parent's messages and ends with it.
import { openJudge, type JudgeOptions } from './judge.ts';

export interface Order {
  readonly order: number;
  readonly verb: 'ask' | 'count' | 'trouble';
  readonly number: number;
}

export type Result = { readonly order: number } & ({ readonly value: unknown } | { readonly error: string });

// A terminal's Ctrl-C reaches every process of its group; the parent decides.
process.on('SIGINT', () => process.exitCode = 130);
process.on('disconnect', () => process.exit());

const judge = await openJudge(JSON.parse(process.argv[2] ?? '') as JudgeOptions);

process.on('message', ({ order, verb, number }: Order) => {
  const answer = (result: Result): void => void process.send?.(result);
  const done: Promise<unknown> = verb === 'count' ? judge.count() : judge[verb](number);
  void done.then(value => answer({ order, value }), (error: Error) => answer({ order, error: error.message }));
});
