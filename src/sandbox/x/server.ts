import type { Vocabulary } from './options.ts';
import type { UserRecord } from './records.ts';
import type { Renderer } from './render.ts';
import type { Sight } from './sight.ts';
import type { World } from './world.ts';

/** What the endpoints work with. */
export interface Server {
  readonly world: World;
  readonly bot: UserRecord;
  readonly render: Renderer;
  readonly sightOf: (viewerId: string | undefined) => Sight;
  readonly vocabulary: Vocabulary | 'both';
  readonly maxWeightedLength: number;
}
