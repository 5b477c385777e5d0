/** Alternatives of a regular expression, written as many to a line as fit. */
export const either = (lines: string): string => lines.trim().split(/\n */u).join('|');
