import type { z } from 'zod';
import { TemporaryError } from '../../core/errors.ts';
import type { Clock, Meter } from '../../core/ports.ts';
import type { Self } from '../../core/types.ts';
import type { Client, Request } from './client.ts';
import { toReadError, type Headers } from './failures.ts';
import type { XSettings } from './settings.ts';

/** One account, with what every one of its verbs needs. */
export interface Account {
  readonly self: Self;
  readonly settings: XSettings;
  readonly host: string;
  readonly client: Client;
  readonly meter: Meter;
  readonly clock: Clock;
  /** What X calls this account, as a mention told. */
  readonly hearName: (handle: string) => void;
  /** A read, in the shape it is asked for. Throws as the port promises. */
  readonly read: <T>(schema: z.ZodType<T>, what: string, request: Request) => Promise<T>;
}

/** A way of reading that turns every failure into what the port promises; `look` sees the headers of each answer. */
export function openReading(client: Client, host: string, clock: Clock, look: (request: Request, headers: Headers) => void): Account['read'] {
  return async (schema, what, request) => {
    try {
      const { body, headers } = await client.send(request);
      look(request, headers);
      const parsed = schema.safeParse(body);
      if (parsed.success) return parsed.data;
      throw new TemporaryError(`${host} gave no usable answer to ${what}`, { cause: parsed.error });
    } catch (error) {
      throw toReadError(error, host, what, clock);
    }
  };
}
