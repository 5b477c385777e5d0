import type { FastifyInstance } from 'fastify';
import { html } from './html.ts';
import { languageOf, sendPage, sendSorry, sendTrouble, toOtherLanguages } from './page.ts';
import { toPublicReceipt, type PublicReceipt } from './public-receipt.ts';
import { toReceiptBody } from './receipt-page.ts';
import type { WebTools } from './tools.ts';
import { words } from './words.ts';

const idPattern = /^[\w-]{11}$/u;
/** What a preview shows of an answer. */
const previewLength = 200;

/** Receipts and the instructions they name, for everybody. */
export function addReceipts(app: FastifyInstance, find: () => WebTools | undefined): void {
  const read = async (tools: WebTools, id: string): Promise<PublicReceipt | undefined> => {
    if (!idPattern.test(id)) return undefined;
    const receipt = await tools.receipts.find(id);
    return receipt && toPublicReceipt(receipt, await tools.ledger.get(receipt.mention));
  };

  app.get<{ Params: { id: string } }>('/r/:id', async (request, answer) => {
    const { id } = request.params;
    const tools = find();
    if (id.endsWith('.json')) {
      const trouble = toTrouble(tools);
      if (!tools || trouble !== undefined) return answer.code(503).send({ error: trouble });
      const receipt = await read(tools, id.slice(0, -'.json'.length));
      if (!receipt) return answer.code(404).send({ error: 'no receipt is kept under this address' });
      return answer.headers({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' }).type('application/json; charset=utf-8').send((await tools.signer()).sign(receipt));
    }
    const language = languageOf(request);
    const say = words[language];
    if (!tools || toTrouble(tools) !== undefined) return sendTrouble(request, answer);
    const receipt = await read(tools, id);
    if (!receipt) return sendSorry(answer, language, 404, say.gone, say.goneWhy);
    const own = `${tools.baseUrl(request.host)}/r/${id}`;
    return sendPage(answer.header('cache-control', 'no-store'), {
      language,
      title: `${say.receipt} ${id}`,
      preview: { url: own, text: shorten(receipt.answer.text) },
      body: toReceiptBody(receipt, language, `curl -s ${own}.json | npx repartee receipt verify -`, (await tools.signer()).key),
    });
  });

  app.get<{ Params: { version: string } }>('/prompts/:version', async (request, answer) => {
    const tools = find();
    const language = languageOf(request);
    const say = words[language];
    if (!tools || toTrouble(tools) !== undefined) return sendTrouble(request, answer);
    const prompt = await tools.prompts.get(request.params.version);
    if (!prompt) return sendSorry(answer, language, 404, say.promptTitle, say.promptGone);
    return sendPage(answer, {
      language, title: `${say.promptTitle} ${prompt.version}`,
      body: html`<article class="sheet"><h1>${say.promptTitle} <code>${prompt.version}</code></h1>
<p class="soft">${toOtherLanguages(`/prompts/${encodeURIComponent(prompt.version)}`, language)}</p>
<p>${say.promptNote(prompt.persona.name)}</p>
<pre class="prompt" tabindex="0">${prompt.text}</pre></article>`,
    });
  });
}

const toTrouble = (tools: WebTools | undefined): string | undefined => (tools ? tools.trouble() : 'starting');

const shorten = (text: string): string => (text.length > previewLength ? `${text.slice(0, previewLength - 1)}…` : text);
