import type { ServerResponse } from 'node:http';
import type { Charge } from './bill.ts';
import type { SignedRequest } from './oauth1.ts';
import type { Json } from './problem.ts';
import type { UserRecord } from './records.ts';

/** The three ways in that X's documentation knows. */
export const oauth1 = 'OAuth 1.0a User Context';
export const oauth2 = 'OAuth 2.0 User Context';
export const appOnly = 'OAuth 2.0 Application-Only';
export type Scheme = typeof oauth1 | typeof oauth2 | typeof appOnly;
export const userContexts: readonly Scheme[] = [oauth1, oauth2];
export const anyContext: readonly Scheme[] = [oauth1, oauth2, appOnly];

/** Who a request comes from. */
export type Caller =
  | { readonly scheme: typeof appOnly; readonly user: undefined; readonly isPerson: false }
  /** People act by their handle; they pay nothing and nothing holds them up. */
  | { readonly scheme: Scheme; readonly user: UserRecord; readonly isPerson: boolean };

export interface Call extends SignedRequest {
  readonly params: Readonly<Record<string, string>>;
  /** As it came. */
  readonly body: string;
}

export interface Outcome {
  /** 200 when absent. */
  readonly status?: number;
  readonly body: Json;
  readonly charges?: readonly Charge[];
  /** Instead of the body: takes the connection over. */
  readonly stream?: (response: ServerResponse) => void;
}

interface Place {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the prefix, as `/2/users/:id`. */
  readonly path: string;
}

export interface Endpoint extends Place {
  readonly schemes: readonly Scheme[];
  /** Requests in 15 minutes, of one user and of the app. */
  readonly limits: { readonly user: number; readonly app: number };
  answer(call: Call, caller: Caller): Outcome;
}

/** One that looks at who comes by itself. */
export interface OpenEndpoint extends Place {
  answer(call: Call): Outcome;
}
