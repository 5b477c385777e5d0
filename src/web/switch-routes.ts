import type { FastifyInstance } from 'fastify';
import { formOf, sessionOf } from './access.ts';
import { html } from './html.ts';
import type { Desk, DeskTools } from './tools.ts';

const longestMinutes = 7 * 1_440;

/** Pause, resume and undo, per network or for all. */
export function addSwitch(app: FastifyInstance, find: () => DeskTools, desk: Desk): void {
  const networkOf = async (name: string | undefined): Promise<{ readonly network: string | undefined } | undefined> => {
    if (name === undefined || name === '') return { network: undefined };
    return (await find().board.places()).some(({ network }) => network === name) ? { network: name } : undefined;
  };
  for (const what of ['pause', 'resume'] as const) {
    app.post(`/desk/${what}`, async (request, answer) => {
      const wanted = await networkOf(formOf(request)['network']);
      if (!wanted) return desk.sendDesk(request, answer, { title: 'Not done', status: 400, body: html`<section class="sheet"><h1>Not done</h1><p>There is no such network.</p></section>` });
      await find().board[what](wanted.network, sessionOf(request).name);
      return answer.code(303).header('location', '/desk').send();
    });
  }

  app.post('/desk/undo', async (request, answer) => {
    const { network: name, since = '' } = formOf(request);
    const wanted = await networkOf(name);
    const minutes = /^\d{1,5}$/u.test(since) ? Number(since) : 0;
    if (!wanted || minutes < 1 || minutes > longestMinutes) return desk.sendDesk(request, answer, { title: 'Not done', status: 400, body: html`<section class="sheet"><h1>Not done</h1><p>Say which network, and how many minutes back (1 to ${longestMinutes}).</p></section>` });
    const { removed, failed } = await find().board.undo(minutes * 60_000, wanted.network, sessionOf(request).name);
    return desk.sendDesk(request, answer, {
      title: 'Removed', status: failed.length > 0 ? 502 : 200,
      body: html`<section class="sheet"><h1>${removed} ${removed === 1 ? 'answer' : 'answers'} removed</h1>
${failed.length > 0 && html`<p class="bad">These are still there; try again:</p><ul>${failed.map(line => html`<li>${find().scrub(line)}</li>`)}</ul>`}
<p><a href="/desk">Back to the desk</a></p></section>`,
    });
  });
}
