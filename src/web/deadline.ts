// A store that stops in the middle of a page keeps nobody waiting: whatever asks it would wait until it is back.
import type { FastifyInstance } from 'fastify';
import { sendTrouble, sendUnsure } from './page.ts';

const lateMs = 3_000;
/** These wait for a model, a network or a slow look at a password, and are given up only where the store is known to be away. */
const patient: ReadonlySet<string> = new Set(['/desk/act', '/desk/undo', '/desk/bench', '/desk/login']);

/** Answers for whatever is not answered in time. `isAway`: the store is known to be in trouble. */
export function addDeadline(app: FastifyInstance, isAway: () => boolean): void {
  // From here on the request was read, which has a limit of its own.
  app.addHook('preValidation', (request, answer, done) => {
    const isChange = request.method !== 'GET' && request.method !== 'HEAD';
    const isPatient = isChange && patient.has(request.routeOptions.url ?? '');
    const timer = setInterval(() => {
      if (answer.sent) return clearInterval(timer);
      if (isPatient && !isAway()) return undefined;
      clearInterval(timer);
      if (isChange) return void sendUnsure(answer);
      return void sendTrouble(request, answer);
    }, lateMs).unref();
    answer.raw.once('close', () => clearInterval(timer));
    done();
  });
}
