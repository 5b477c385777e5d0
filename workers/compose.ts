import { compose, type ComposeTools } from '../src/pipeline/compose.ts';
import { startStage, type StageOptions } from './stage.ts';

export const composedAtOnce = 16;

/** Mentions of one account → drafts; what is drafted goes on to be published. */
export const startComposing = (tools: ComposeTools, options: Omit<StageOptions, 'run' | 'next' | 'concurrency'>, publish: StageOptions['next']) =>
  startStage({
    ...options,
    concurrency: composedAtOnce,
    run: ref => compose(ref, tools),
    next: async (outcome, ref) => {
      if (outcome.kind === 'drafted') await publish(outcome, ref);
    },
  });
