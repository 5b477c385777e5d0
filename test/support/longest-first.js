// jest's own order goes by times that a fresh clone does not have, and then by size. What takes long begins first here, so that no worker is left alone with it;
// benches before anything, while the machine is still at ease, and then what waits beside what computes.
import Sequencer from '@jest/test-sequencer';

const longest = [
  'bench/web', 'bench/burst', 'faults/redis-away', 'faults/alive', 'faults/crash-points', 'faults/redis-trouble', 'faults/processes', 'e2e/limits', 'faults/redis-rollback', 'e2e/manners',
  'e2e/ledger', 'faults/poison', 'e2e/gap', 'faults/resume', 'faults/x-oauth2-kill', 'e2e/x', 'faults/storm', 'e2e/owner', 'e2e/web-desk', 'e2e/roles', 'e2e/bad-input', 'e2e/glass-box',
];
const placeOf = ({ path }) => {
  const place = longest.findIndex(each => path.endsWith(`${each}.test.ts`));
  return place < 0 ? longest.length : place;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
