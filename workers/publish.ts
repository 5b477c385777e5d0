import { publish } from '../src/pipeline/publish.ts';
import type { PublishTools } from '../src/pipeline/steps.ts';
import { startStage, type StageOptions } from './stage.ts';

/** Drafts of one account → posts. */
export const startPublishing = (tools: PublishTools, options: Omit<StageOptions, 'run' | 'concurrency'>) =>
  startStage({
    ...options,
    concurrency: 8,
    run: ref => publish(ref, tools),
  });
