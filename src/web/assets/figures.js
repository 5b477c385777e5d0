// Draws what the table of days says. Without it the table is there.
(() => {
  const place = document.getElementById('charts');
  const rows = [...document.querySelectorAll('#days tbody tr')].reverse();
  if (!place || rows.length === 0 || typeof uPlot === 'undefined') return;

  const read = (name, factor = 1) => rows.map(({ dataset }) => (dataset[name] === '' ? null : Number(dataset[name]) * factor));
  const days = rows.map(({ dataset }) => Date.parse(`${dataset.day}T00:00:00Z`) / 1000);
  const toDay = (at) => new Date(at * 1000).toISOString().slice(0, 10);
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const toTick = (at) => `${new Date(at * 1000).getUTCDate()} ${months[new Date(at * 1000).getUTCMonth()]}`;

  const count = (value) => String(value);
  const money = (value) => (value === 0 ? '$0' : `$${value.toFixed(value < 1 ? 4 : 2)}`);
  const seconds = (value) => (value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`);
  /** A long tick has no room beside the chart. */
  const short = (value) => `$${Number(value.toPrecision(3))}`;
  const charts = [
    { title: 'Answered and left alone', show: count, tick: count, bars: true, whole: true, lines: [['answered', 'answered', '--first'], ['left alone', 'silent', '--second']] },
    { title: 'Dollars', show: money, tick: short, bars: true, lines: [['spent', 'dollars', '--first']] },
    { title: 'Time to an answer', show: seconds, tick: seconds, factor: 0.001, lines: [['half within', 'p50', '--first'], ['95 % within', 'p95', '--second']] },
  ];

  const draw = () => {
    const drawn = charts.map(({ title, show, tick, bars, whole, factor, lines }) => {
      const sheet = document.createElement('section');
      sheet.className = 'sheet';
      const heading = document.createElement('h2');
      heading.textContent = title;
      sheet.append(heading);
      return { sheet, show, tick, bars, whole, factor, lines };
    });
    place.replaceChildren(...drawn.map(({ sheet }) => sheet));
    for (const { sheet, show, tick, bars, whole, factor, lines } of drawn) {
      const look = getComputedStyle(sheet);
      const color = (name) => look.getPropertyValue(name).trim() || look.color;
      const axis = { stroke: color('--soft'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false } };
      const width = sheet.clientWidth - Number.parseFloat(look.paddingLeft) - Number.parseFloat(look.paddingRight);
      // Two bars of a day stand side by side.
      const side = (at) => (lines.length < 2 ? 0 : at === 0 ? -1 : 1);
      const series = lines.map(([label, , variable], at) => ({
        label, stroke: color(variable), width: bars ? 0 : 2,
        value: (_, value) => (value === null || value === undefined ? '–' : show(value)),
        ...(bars ? { fill: color(variable), paths: uPlot.paths.bars({ size: [lines.length < 2 ? 0.7 : 0.4, 24], align: side(at) }), points: { show: false } } : { spanGaps: true, points: { show: true, size: 5, fill: color(variable) } }),
      }));
      const options = {
        width, height: 200,
        tzDate: (at) => new Date((at + new Date(at * 1000).getTimezoneOffset() * 60) * 1000),
        cursor: { drag: { x: false, y: false } },
        scales: { x: { time: true, range: (_, from, to) => [from - 43200, to + 43200] }, y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] } },
        axes: [
          { ...axis, values: (_, ticks) => ticks.map(toTick), space: 56, incrs: [1, 2, 7, 14].map((each) => each * 86400) },
          { ...axis, size: 58, values: (_, ticks) => ticks.map(tick), ...(whole && { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000] }) },
        ],
        series: [{ label: 'day', value: (_, at) => (at === null || at === undefined ? '–' : toDay(at)) }, ...series],
      };
      new uPlot(options, [days, ...lines.map(([, name]) => read(name, factor))], sheet);
    }
  };

  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  let { clientWidth } = place;
  addEventListener('resize', () => {
    if (place.clientWidth === clientWidth) return;
    ({ clientWidth } = place);
    draw();
  });
})();
