import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { packageFile } from '../package-root.ts';

interface Asset { readonly type: string; readonly body: Buffer; readonly integrity: string; readonly path: string }

const require = createRequire(import.meta.url);

const css = 'text/css; charset=utf-8';
const script = 'text/javascript; charset=utf-8';

const toAsset = (name: string, file: string, type: string): Asset => {
  const body = readFileSync(file);
  const digest = createHash('sha256').update(body).digest('base64');
  return { type, body, integrity: `sha256-${digest}`, path: `/assets/${digest.replace(/\W/gu, '').slice(0, 10)}/${name}` };
};

const own = (name: string, type: string): Asset => toAsset(name, packageFile('src', 'web', 'assets', name), type);

/** What pages are made with: named by what is in it, so that a browser may keep it for ever. */
export const assets = {
  style: own('style.css', css),
  desk: own('desk.js', script),
  figures: own('figures.js', script),
  chart: toAsset('chart.js', require.resolve('uplot/dist/uPlot.iife.min.js'), script),
  chartStyle: toAsset('chart.css', require.resolve('uplot/dist/uPlot.min.css'), css),
  htmx: toAsset('htmx.js', require.resolve('htmx.org/dist/htmx.min.js'), script),
} as const;

export type AssetName = keyof typeof assets;

export function addAssets(app: FastifyInstance): void {
  for (const { path, type, body } of Object.values(assets)) {
    app.get(path, (_, answer) => answer.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(body));
  }
}
