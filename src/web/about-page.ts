import type { FastifyInstance } from 'fastify';
import { silences, type Numbers } from '../core/counts.ts';
import { html, link, type Html } from './html.ts';
import { languageOf, sendPage, sendTrouble, toOtherLanguages } from './page.ts';
import { toDuration, toSum } from './receipt-page.ts';
import type { WebTools } from './tools.ts';
import { words, type Language } from './words.ts';

/** Who this is, how it decides, what it did, and how to be left alone. `isHome`: also what is seen first. */
export function addAbout(app: FastifyInstance, find: () => WebTools | undefined, isHome: boolean): void {
  for (const path of ['/about', ...isHome ? ['/'] : []]) {
    app.get(path, async (request, answer) => {
      const tools = find();
      if (!tools || tools.trouble() !== undefined) return sendTrouble(request, answer);
      const language = languageOf(request);
      return sendPage(answer, {
        language, title: words[language].about,
        preview: { url: `${tools.baseUrl(request.host)}/about`, text: tools.voice().about },
        body: await toBody(tools, language),
      });
    });
  }
}

async function toBody(tools: WebTools, language: Language): Promise<Html> {
  const say = words[language];
  const { name, about } = tools.voice();
  const [prompts, numbers, signer] = await Promise.all([tools.prompts.list(), tools.numbers(), tools.signer()]);
  return html`<article class="sheet"><h1>${say.about}</h1>
<p class="soft">${toOtherLanguages('/about', language)}</p>
<p>${say.aboutIntro}</p>
<dl class="facts">
${tools.accounts.map(({ name: network, self }) => html`<dt>${network}</dt><dd>${link(self.url, `@${self.handle}`)}</dd>
`)}<dt>${say.runBy}</dt><dd>${tools.operator ?? say.runByNobody}</dd>
<dt>${say.voice}</dt><dd>${name}${about !== '' && html`: <span lang="en" dir="auto">${about}</span>`}</dd>
<dt>${say.engine}</dt><dd>${tools.modelName}</dd>
<dt>${say.proof}</dt><dd><code class="key">ed25519 ${signer.key}</code></dd>
</dl>
<h2>${say.rulesTitle}</h2>
<ul class="rules">${say.rules.map(rule => html`<li>${rule}</li>`)}</ul>
<h2>${say.wishesTitle}</h2>
<p>${say.wishesIntro}</p>
<dl class="facts">${say.wishes.map(([wish, what]) => html`<dt><strong>${wish}</strong></dt><dd>${what}</dd>
`)}</dl>
<h2>${say.numbersTitle}</h2>
${toNumbers(numbers, language)}
<h2>${say.promptTitle}</h2>
<p>${say.promptsNote}</p>
<ul class="rules">${prompts.map(({ version, persona, since }) => html`<li><a href="/prompts/${encodeURIComponent(version)}?lang=${language}"><code>${version}</code></a> ${persona.name}, ${say.since(new Date(since).toISOString().slice(0, 10))}</li>`)}</ul>
${prompts.length === 0 && html`<p class="soft">${say.noPrompts}</p>`}
</article>`;
}

function toNumbers({ answered, silent, secondsToAnswer, dollars, dollarsPerAnswer, answerRate }: Numbers, language: Language): Html {
  const say = words[language];
  const number = (value: number): string => value.toLocaleString(language);
  const kept = silences.filter(kind => silent[kind] > 0).toSorted((one, other) => silent[other] - silent[one]);
  return html`<dl class="facts">
<dt>${say.answeredNumber}</dt><dd>${say.counts(number(answered.all), number(answered.month), number(answered.day))}</dd>
${answerRate !== undefined && html`<dt>${say.rate}</dt><dd>${answerRate.toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 })}</dd>`}
${secondsToAnswer && html`<dt>${say.medianTime}</dt><dd>${toDuration(secondsToAnswer.median * 1_000, language)} (95 %: ${toDuration(secondsToAnswer.p95 * 1_000, language)})</dd>`}
<dt>${say.cost}</dt><dd>${toSum(dollars.all, language)}${dollarsPerAnswer !== undefined && `, ${toSum(dollarsPerAnswer, language)} ${say.each}`}</dd>
</dl>
${kept.length > 0 && html`<h3>${say.silentTitle}</h3><table><tbody>${kept.map(kind => html`<tr><th scope="row">${say.silence[kind]}</th><td class="number">${number(silent[kind])}</td></tr>
`)}</tbody></table>`}`;
}
