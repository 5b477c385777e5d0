#!/usr/bin/env node
// Runs the program on a Node that can: this one, or the one that comes with the package.
// Node refuses to strip types below node_modules, so the packed form is JavaScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const packed = here.split(/[\\/]/).includes('node_modules');
const main = packed ? join(here, '..', 'dist', 'src', 'main.js') : join(here, 'main.ts');

const [major, minor] = process.versions.node.split('.').map(Number);
const able = major > 22 || (major === 22 && minor >= 18);
if (able) {
  await import(new URL(`file://${main}`).href);
} else {
  const node = bundledNode();
  if (!node) {
    console.error(`repartee needs Node 22.18 or newer and runs on ${process.versions.node}: install a newer one, or install repartee without --omit=optional`);
    process.exit(2);
  }
  const run = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal));
  run.on('exit', code => process.exit(code ?? 1));
}

function bundledNode() {
  const require = createRequire(import.meta.url);
  const names = [`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  for (const name of names) {
    try {
      const file = join(dirname(require.resolve(`${name}/package.json`)), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      if (existsSync(file)) return file;
    } catch {
      continue; // not installed for this system
    }
  }
  return undefined;
}
