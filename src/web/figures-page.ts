import type { FastifyInstance } from 'fastify';
import { silences, type Numbers, type Point } from '../core/counts.ts';
import { html, type Html } from './html.ts';
import { toDuration } from './receipt-page.ts';
import type { Desk, DeskTools } from './tools.ts';
import { words } from './words.ts';

const days = 30;

/** How it went: in all, and day by day. */
export function addFiguresPage(app: FastifyInstance, find: () => DeskTools, desk: Desk): void {
  app.get('/desk/figures', async (request, answer) => {
    const { numbers: readNumbers, series: readSeries } = find();
    const [numbers, series] = await Promise.all([readNumbers(), readSeries('day', days)]);
    const silent = silences.filter(kind => numbers.silent[kind] > 0).toSorted((one, other) => numbers.silent[other] - numbers.silent[one]);
    return desk.sendDesk(request, answer, {
      title: 'Figures', scripts: ['chart', 'figures'], styles: ['chartStyle'],
      body: html`<section class="sheet"><h1>Figures</h1>
${toNumbers(numbers)}</section>
<div class="charts" id="charts"></div>
${toTable(series)}
<section class="sheet"><h2>Why nothing was said</h2>
${silent.length === 0 ? html`<p class="soft">Nothing was left alone yet.</p>` : html`<table><thead><tr><th scope="col">Reason</th><th scope="col" class="number">Mentions</th></tr></thead><tbody>
${silent.map(kind => html`<tr><td>${words.en.silence[kind]}</td><td class="number">${numbers.silent[kind]}</td></tr>
`)}</tbody></table>`}
<p class="soft">The last seconds are not in these figures yet. For Prometheus they stand at <code>/metrics</code>.</p></section>`,
    });
  });
}

const toMoney = (dollars: number): string => (dollars === 0 ? '$0' : `$${dollars.toFixed(dollars < 1 ? 4 : 2)}`);
const toTime = (seconds: number | undefined): string => (seconds === undefined ? '' : toDuration(seconds * 1_000, 'en'));

function toNumbers({ answered, silent, withheld, parked, secondsToAnswer, dollars, dollarsPerAnswer, answerRate }: Numbers): Html {
  const all: readonly (readonly [string, string | undefined])[] = [
    ['answered', String(answered.all)], ['in 24 hours', String(answered.day)],
    ['left alone', String(silences.reduce((sum, kind) => sum + silent[kind], 0))], ['withheld', String(withheld)], ['set aside for you', String(parked)],
    ['answered of those it may answer', answerRate === undefined ? undefined : `${(Math.floor(answerRate * 1_000) / 10).toFixed(1)} %`],
    ['half within', secondsToAnswer && toTime(secondsToAnswer.median)], ['95 % within', secondsToAnswer && toTime(secondsToAnswer.p95)],
    ['spent', toMoney(dollars.all)], ['for one answer', dollarsPerAnswer === undefined ? undefined : toMoney(dollarsPerAnswer)],
  ];
  return html`<dl class="numbers">${all.map(([name, value]) => value !== undefined && html`<div><dt>${name}</dt><dd>${value}</dd></div>
`)}</dl>`;
}

/** The days, newest first as people read them. `data-…` holds what the charts are drawn from. */
function toTable(series: readonly Point[]): Html {
  const rows = series.toReversed().map(({ at, mentions, dollars, seconds: { whole } }) => ({ day: new Date(at).toISOString().slice(0, 10), mentions, spent: dollars.model + dollars.network, whole }));
  return html`<section class="sheet"><h2>Day by day</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Day by day"><table id="days"><thead><tr><th scope="col">Day (UTC)</th><th scope="col" class="number">Answered</th><th scope="col" class="number">Left alone</th><th scope="col" class="number">Withheld</th><th scope="col" class="number">Set aside</th><th scope="col" class="number">Spent</th><th scope="col" class="number">Half within</th><th scope="col" class="number">95 % within</th></tr></thead><tbody>
${rows.map(({ day, mentions, spent, whole }) => html`<tr data-day="${day}" data-answered="${mentions.answered}" data-silent="${mentions.skipped}" data-dollars="${spent}" data-p50="${whole ? whole.p50 * 1_000 : ''}" data-p95="${whole ? whole.p95 * 1_000 : ''}"><td>${day}</td><td class="number">${mentions.answered}</td><td class="number">${mentions.skipped}</td><td class="number">${mentions.withheld}</td><td class="number">${mentions.parked}</td><td class="number">${toMoney(spent)}</td><td class="number">${toTime(whole?.p50)}</td><td class="number">${toTime(whole?.p95)}</td></tr>
`)}</tbody></table></div></section>`;
}
