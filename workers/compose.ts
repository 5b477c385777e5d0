import type { Counts } from '../src/core/counts.ts';
import { compose, type ComposeTools } from '../src/pipeline/compose.ts';
import { toClause } from '../src/pipeline/reasons.ts';
import { startStage, type StageOptions } from './stage.ts';

/** Mentions of one account → drafts; what is drafted, or held, goes on to `next`. */
export const startComposing = (tools: ComposeTools, { counts, ...options }: Omit<StageOptions, 'run' | 'next' | 'concurrency'> & { readonly counts: Counts }, next: StageOptions['next']) =>
  startStage({
    ...options,
    concurrency: 16,
    run: ref => compose(ref, tools),
    next: async (outcome, ref) => {
      if ('refused' in outcome) for (const fault of outcome.refused ?? []) counts.add('refusals', ref.network, toClause(fault));
      if (outcome.kind === 'drafted' || outcome.kind === 'held') await next(outcome, ref);
    },
  });
