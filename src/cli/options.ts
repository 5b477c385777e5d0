import type { Role } from '../../workers/index.ts';
import { InvalidArgumentError } from 'commander';

/** A port number on the command line. */
export function portOption(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return port;
}

export const roles: readonly Role[] = ['all', 'listen', 'work', 'web'];

export interface StartFlags {
  readonly config?: string;
  readonly port?: number;
  readonly persona?: string;
  readonly role: string;
  readonly dryRun?: boolean;
}
