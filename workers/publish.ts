import { publish } from '../src/pipeline/publish.ts';
import type { PublishTools } from '../src/pipeline/steps.ts';
import { startStage, type StageOptions } from './stage.ts';

/** Drafts of one account → posts; a refused text goes back to be composed again. */
export const startPublishing = (tools: PublishTools, options: Omit<StageOptions, 'run' | 'next' | 'concurrency'>, compose: StageOptions['next']) =>
  startStage({
    ...options,
    concurrency: 8,
    run: ref => publish(ref, tools),
    next: async (outcome, ref) => {
      if (outcome.kind === 'redraft') await compose(outcome, ref);
    },
  });
