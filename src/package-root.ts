import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** Absolute path of a file that the package ships, the same from source and from dist. */
export const packageFile = (...path: readonly string[]): string => join(root, ...path);
