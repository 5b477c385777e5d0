import { compose, type ComposeTools } from '../src/pipeline/compose.ts';
import { startStage, type StageOptions } from './stage.ts';

/** Mentions of one account → drafts; what is drafted goes on to be published. */
export const startComposing = (tools: ComposeTools, options: Omit<StageOptions, 'run' | 'next' | 'concurrency'>, publish: StageOptions['next']) =>
  startStage({
    ...options,
    concurrency: 16,
    run: ref => compose(ref, tools),
    next: async (outcome, ref) => {
      if (outcome.kind === 'drafted') await publish(outcome, ref);
    },
  });
