import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Network } from '../core/ports.ts';
import type { Bench } from '../core/rehearsal.ts';
import { toRehearsalBody } from './bench-page.ts';
import { html, type Html } from './html.ts';
import type { ShowAgain } from './tools.ts';

export interface BenchTools {
  readonly accounts: readonly Pick<Network, 'name' | 'self'>[];
  readonly bench: Bench;
}

/** What the page needs of the desk that it lies on. */
export interface BenchDesk {
  csrf(request: FastifyRequest): Html;
  sendDesk(request: FastifyRequest, answer: FastifyReply, page: { readonly title: string; readonly body: Html; readonly status?: number }): FastifyReply;
}

const path = '/desk/bench';
const retrySeconds = 5;

/** What was filled in; `voice` and `other` are personas. */
type Form = Readonly<Partial<Record<'text' | 'mention' | 'voice' | 'other' | 'network', string>>>;

/** Voices tried side by side, before or after anybody hears them. Nothing is posted from here. */
export function addBench(app: FastifyInstance, find: () => BenchTools | undefined, desk: BenchDesk): ShowAgain {
  const send = (request: FastifyRequest, answer: FastifyReply, form: Form, more: { readonly said?: Html; readonly why?: string; readonly status?: number } = {}): FastifyReply => {
    const tools = find();
    const { said, why, status = tools ? 200 : 503 } = more;
    const body = html`<section class="sheet"><h1>Bench</h1>
<p class="soft">What it would say, and why. Nothing is posted or kept, and nothing but the model costs money: it is asked once or twice per persona.</p>
${tools ? toForm(form, tools, desk.csrf(request), why) : html`<p class="bad" role="alert">The bot is still starting: try again in a moment.</p>`}</section>
${said}`;
    return desk.sendDesk(request, answer, { title: 'Bench', body, status });
  };

  app.get(path, (request, answer) => send(request, answer, toFields(request.query)));

  app.post(path, async (request, answer) => {
    const form = toFields(request.body);
    const tools = find();
    if (!tools) return send(request, answer, form);
    const { text = '', mention = '', voice = '', other = '', network = '' } = form;
    try {
      // Browsers send two characters for the end of a line, one of which nobody typed.
      const rehearsal = await tools.bench.rehearse({ text: text.replaceAll('\r\n', '\n'), mention, voices: [voice, other].filter(each => each !== ''), ...(network !== '' && { network }) });
      return await send(request, answer, form, { said: toRehearsalBody(rehearsal) });
    } catch (error) {
      if (error instanceof PermanentError) return send(request, answer, form, { why: error.message, status: 400 });
      if (error instanceof TemporaryError) return send(request, answer.header('retry-after', retrySeconds), form, { why: error.message, status: 429 });
      throw error;
    }
  });
  return send;
}

/** Of a query or a form, only what is text. */
const toFields = (given: unknown): Form => Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => typeof value === 'string'));

function toForm({ text = '', mention = '', voice, other, network }: Form, { accounts, bench }: BenchTools, csrf: Html, why: string | undefined): Html {
  const voices = bench.voices();
  const option = (value: string, name: string, isChosen: boolean, isOff = false): Html => html`<option value="${value}"${isChosen && html` selected`}${isOff && html` disabled`}>${name}</option>`;
  const toOptions = (chosen: string | undefined): Html[] => voices.map(({ name, fault }) => option(name, fault === undefined ? name : `${name} (broken)`, name === chosen, fault !== undefined));
  return html`<form class="bench-form" method="post" action="${path}">${csrf}
${why !== undefined && html`<p class="bad" role="alert">${why}</p>`}
<label class="whole">What somebody might write <textarea name="text" rows="3" maxlength="4000" dir="auto">
${text}</textarea></label>
<label>or the id of a past mention, or of a receipt <input name="mention" value="${mention}" maxlength="200" autocomplete="off" spellcheck="false"></label>
<label>Network whose limits count <select name="network">${accounts.map(({ name, self }) => option(name, `${name} (${self.account})`, name === network))}</select></label>
<label>Persona <select name="voice">${toOptions(voice)}</select></label>
<label>Beside it <select name="other"><option value="">nobody</option>${toOptions(other)}</select></label>
<button class="main">Try</button>
</form>
${voices.map(({ name, fault }) => fault !== undefined && html`<p class="bad"><strong>${name}</strong> is broken: ${fault}</p>`)}`;
}
