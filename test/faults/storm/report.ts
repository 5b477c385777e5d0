import type { Plan, Size } from './arguments.ts';
import type { Judged } from './judge.ts';
import type { Passage } from './run.ts';

/** What a storm did, in figures. Those at the top are the bot's. */
export interface Report {
  readonly network: string;
  readonly seed: number;
  readonly mentions: number;
  /** Those that hit a living process. */
  readonly kills: number;
  /** Of the kills, those that hit a process that was ready. */
  readonly ofReady: number;
  readonly seconds: number;
  /** Answers beyond the first, over all mentions. */
  readonly duplicates: number;
  /** Mentions without an answer that are not parked either. */
  readonly lost: number;
  readonly parked: number;
  readonly unanswered: number;
  readonly control: { readonly mentions: number; readonly kills: number; readonly ofReady: number; readonly seconds: number; readonly duplicates: number; readonly lost: number };
  /** From the first kill that found a mention unanswered to its answer. */
  readonly resumeMs: { readonly p50: number; readonly p95: number };
}

/** Mentions that may be parked, of all. */
const mostParked = 0.005;

export const countDuplicates = (judged: readonly Judged[]): number => judged.reduce((sum, { answers }) => sum + Math.max(0, answers.length - 1), 0);

export const unansweredOf = (judged: readonly Judged[]): readonly Judged[] => judged.filter(({ answers }) => answers.length === 0);

export function toReport({ seed, places }: Plan, ours: Passage, control: Passage, { parked, lost }: { readonly parked: number; readonly lost: number }): Report {
  return {
    network: places.join('+'), seed, mentions: ours.judged.length, kills: ours.killedAt.length, ofReady: ours.ofReady, seconds: toTenths(ours.seconds),
    duplicates: countDuplicates(ours.judged), lost, parked, unanswered: unansweredOf(ours.judged).length,
    control: {
      mentions: control.judged.length, kills: control.killedAt.length, ofReady: control.ofReady, seconds: toTenths(control.seconds),
      duplicates: countDuplicates(control.judged), lost: unansweredOf(control.judged).length,
    },
    resumeMs: toResume(ours),
  };
}

/** Why the storm is not passed, a line each; none when it is. */
export function findFaults(report: Report, plan: Plan): readonly string[] {
  const { mentions, duplicates, lost, parked, control } = report;
  return [
    ...findMissing('the bot', report, plan),
    ...findMissing('the control', control, plan.control),
    ...(duplicates > 0 ? [`the bot answered ${duplicates} times too often`] : []),
    ...(lost > 0 ? [`${lost} mentions are lost`] : []),
    ...(parked > mentions * mostParked ? [`${parked} of ${mentions} mentions are parked, more than ${mostParked * 100} %`] : []),
    ...(control.duplicates === 0 ? ['the control shows no duplicates, so this storm proves nothing: let it be longer, or kill more often'] : []),
  ];
}

/** A side that gets nowhere any more is not taken further. */
function findMissing(who: string, done: Size, asked: Size): readonly string[] {
  return (['mentions', 'kills'] as const).filter(what => done[what] < asked[what])
    .map(what => `${who} went through ${done[what]} of ${asked[what]} ${what}, so this storm proves nothing`);
}

export function toTable({ network, seed, control, resumeMs, ...ours }: Report): string {
  const rows = [
    ['', 'bot', 'control'],
    ['mentions', ours.mentions, control.mentions],
    ['kills', ours.kills, control.kills],
    ['of a ready process', ours.ofReady, control.ofReady],
    ['answered twice or more', ours.duplicates, control.duplicates],
    ['lost', ours.lost, control.lost],
    ['parked for the operator', ours.parked, '-'],
    ['unanswered', ours.unanswered, control.lost],
    ['seconds', ours.seconds, control.seconds],
  ];
  return [
    `Storm on ${network}, seed ${seed}`,
    ...rows.map(([what, bot, naive]) => `${String(what).padEnd(24)}${String(bot).padStart(10)}${String(naive).padStart(10)}`),
    `From a kill to the answer that it held up: ${resumeMs.p50} ms in the middle, ${resumeMs.p95} ms at most for 95 of 100`,
  ].join('\n');
}

function toResume({ judged, killedAt }: Passage): Report['resumeMs'] {
  const times = judged.flatMap(({ askedAt, answeredAt }) => {
    const kill = killedAt.find(at => at >= askedAt);
    return answeredAt === undefined || kill === undefined || kill > answeredAt ? [] : [answeredAt - kill];
  }).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

const toTenths = (seconds: number): number => Math.round(seconds * 10) / 10;
