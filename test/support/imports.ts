// Reads source text as far as house rules need it: what is code, what is comment, what a file imports.
import { posix } from 'node:path';

/** Path from the project's root, with forward slashes → the file's text. */
export type Files = ReadonlyMap<string, string>;

export interface Import {
  /** What stands between the quotes. */
  readonly specifier: string;
  /** The project's own file that it names, extension included; absent for packages and builtins. */
  readonly path?: string;
  /** `import type` or `export type`: gone when the program runs. */
  readonly typeOnly: boolean;
}

/** Every import, re-export and dynamic import of one file whose target can be read from the text. */
export function readImports(path: string, text: string): Import[] {
  const bare = toBareCode(text);
  return [...bare.matchAll(importing)].map(match => {
    const opening = match.index + match[0].length - 1;
    const specifier = text.slice(opening + 1, text.indexOf(text.charAt(opening), opening + 1));
    const own = specifier.startsWith('.') ? { path: posix.join(posix.dirname(path), specifier) } : {};
    return { specifier, ...own, typeOnly: match.groups?.type !== undefined };
  });
}

const importing = new RegExp([
  String.raw`(?<![\w$.])(?:import|export)\s+(?<type>type\s+(?=[\w${'$'}{*]))?[\w${'$'}\s,{}*]*?(?<![\w${'$'}])from\s*['"]`,
  String.raw`(?<![\w$.])import\s*['"]`,
  String.raw`(?<![\w$.])(?:import|require)\s*\(\s*['"${'`'}]`,
].join('|'), 'g');

/** The text with comments and what strings and regular expressions hold blanked, every other character where it was. */
export function toBareCode(text: string): string {
  let bare = '';
  /** Depth of braces inside each open `${`. */
  const templates: number[] = [];
  let at = 0;
  const blankTo = (end: number): void => {
    bare += text.slice(at, end).replace(/[^\n]/g, ' ');
    at = end;
  };
  const keep = (): void => {
    bare += text.charAt(at);
    at++;
  };
  const template = (): void => {
    while (at < text.length && text[at] !== '`' && !text.startsWith('${', at)) blankTo(at + (text[at] === '\\' ? 2 : 1));
    if (text[at] === '$') {
      templates.push(0);
      keep();
    }
    keep();
  };
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    const one = text.charAt(at);
    const depth = templates.at(-1);
    if (two === '//') blankTo(endOf(text, '\n', at));
    else if (two === '/*') blankTo(endOf(text, '*/', at + 2) + 2);
    else if (one === '\'' || one === '"') {
      const end = endOfQuoted(text, at);
      keep();
      blankTo(end);
      keep();
    } else if (one === '/' && beginsRegex(bare)) {
      const end = endOfRegex(text, at);
      keep();
      blankTo(end);
      keep();
    } else if (one === '`') {
      keep();
      template();
    } else if (one === '}' && depth === 0) {
      templates.pop();
      keep();
      template();
    } else {
      if (depth !== undefined && one === '{') templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && one === '}') templates[templates.length - 1] = depth - 1;
      keep();
    }
  }
  return bare;
}

const endOf = (text: string, mark: string, from: number): number => {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
};

function endOfQuoted(text: string, opening: number): number {
  let at = opening + 1;
  while (at < text.length && text[at] !== text[opening] && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function endOfRegex(text: string, opening: number): number {
  let inClass = false;
  let at = opening + 1;
  while (at < text.length && text[at] !== '\n' && (inClass || text[at] !== '/')) {
    if (text[at] === '[') inClass = true;
    if (text[at] === ']') inClass = false;
    at += text[at] === '\\' ? 2 : 1;
  }
  return at;
}

/** A slash divides only after a value: a name that is no keyword, a number, or a closing bracket or quote. */
function beginsRegex(before: string): boolean {
  const code = before.slice(-200).trimEnd();
  if (/(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield)$/.test(code)) return true;
  return !/[\w$)\]}'"`]$/.test(code);
}
