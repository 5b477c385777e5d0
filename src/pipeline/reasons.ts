import type { Clause, Silence } from '../core/counts.ts';

// Reasons are written for people. What is counted goes by their kind, and this is the one place that tells it. A test holds every reason against it.

const silenceKinds: readonly (readonly [Silence, RegExp])[] = [
  ['wish', /^what its author wished is done|^what is kept about its author was erased/u],
  ['self', /^own post$/u],
  ['bot', /^from a bot account$|^its author answers as fast or as alike as a machine/u],
  ['visibility', /posts are not answered here \(manners\.answer\)$/u],
  ['settings', /left alone by your settings/u],
  ['age', /^too old \(|^nobody approved it in time|^it waited for so long that its text may not be kept/u],
  ['wish', /left alone|^somebody asked for quiet|^this thread is quiet already|^asked to |keeps bots out/u],
  ['limit', /are the limit \(manners\.quotas\)$/u],
  ['money', /budget .*is spent/u],
  ['words', /^what was said is nothing to answer/u],
  ['gone', /^its author (?:deleted it|edited it again)/u],
];

/** Why nothing is said, by kind. What no table of ours says is what a network said. */
export const toSilence = (reason: string): Silence => silenceKinds.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'network';

const clauseKinds: readonly (readonly [Clause, RegExp])[] = [
  ['length', /far too long|longer than/u],
  ['secret', /secret|wallet|recited its instructions/u],
  ['code', /message in code/u],
  ['hidden', /invisible|alphabets|ornamental|past reading|letters that nobody uses|words of no language/u],
  ['link', /\blink\b|hashtag|cashtag|only strangers named/u],
  ['person', /mentioned a handle|to reach somebody/u],
  ['order', /like a command|gave another bot an order/u],
  ['quotation', /repeated what it was told|was a headline|was a slogan/u],
  ['claim', /claimed|authority|asked for a password|bare word/u],
  ['same', /nearly the same/u],
  ['language', /not in the language/u],
  ['unfit', /not fit to be said|insulted, threatened/u],
  ['form', /was empty|data marks|bytes that are no text|code fence|JSON|markup|with a label/u],
];

/** What was wrong with a draft, by kind. */
export const toClause = (fault: string): Clause => clauseKinds.find(([, pattern]) => pattern.test(fault))?.[0] ?? 'other';
