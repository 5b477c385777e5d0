// The kill switch in the middle of things.
import { expect, it } from '@jest/globals';
import { compose as composeWith } from '../../src/pipeline/compose.ts';
import type { Mention } from '../../src/core/types.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { aMention } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOnRedis } from '../support/redis-servers.ts';

describeOnRedis('a pause', redis => {
  it('stops what is about to begin, and what a model would be asked once more', async () => {
    const line = openLine(redis().client, { says: ['Ask @wilma.', 'The ferry keeps its own calendar.'] });
    const { halt } = line.composeTools;
    const ready = await openLine(redis().client).draft(aMention('1'));
    const network = { ...line.network, asItStands: async (mention: Mention) => {
      await halt.pause(undefined, 'by hand');
      return mention;
    } };
    expect(await publish(ready, { ...line.publishTools, network })).toMatchObject({ kind: 'later', reason: 'paused: by hand' });
    expect(line.network.posts).toEqual([]);
    await halt.resume();

    const ref = await line.see(aMention('2'));
    const { model } = line;
    const complete: typeof model.complete = async (prompt, signal) => {
      const said = await model.complete(prompt, signal);
      await halt.pause('faketown', 'by hand');
      return said;
    };
    expect(await composeWith(ref, { ...line.composeTools, halted: () => halt.reason('faketown'), model: { ...model, complete } })).toMatchObject({ kind: 'later', reason: 'paused: by hand' });
    expect(model.prompts).toHaveLength(1);
  });
});
