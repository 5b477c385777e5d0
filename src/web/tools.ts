// What the pages are given by the program, and what its pages give each other.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ledger, Network, Prompts, Receipts } from '../core/ports.ts';
import type { LedgerRecord, Receipt, Standing } from '../core/record.ts';
import type { Bench } from '../core/rehearsal.ts';
import type { MentionRef } from '../core/types.ts';
import type { AccessTools } from './access.ts';
import type { AssetName } from './assets.ts';
import type { HealthTools } from './health.ts';
import type { Html } from './html.ts';
import type { Signer } from './signing.ts';

export interface WebTools extends DeskTools, HealthTools {
  readonly accounts: readonly Network[];
  readonly ledger: Pick<Ledger, 'get'>;
  readonly receipts: Receipts;
  readonly prompts: Prompts;
  /** As its file is now. */
  readonly voice: () => { readonly name: string; readonly about: string };
  readonly modelName: string;
  /** Who runs it, in his own words. */
  readonly operator?: string | undefined;
  /** Made when it is first needed: a key is written then, where there is none. */
  readonly signer: () => Promise<Signer>;
  /** What addresses of ours begin with: as the operator says, else as the reader found us. */
  readonly baseUrl: (host: string) => string;
  /** Whether an error is the store's, which comes back by itself. */
  readonly isTrouble?: (error: unknown) => boolean;
  /** For faults of the pages themselves. */
  readonly log?: (line: string) => void;
}

/** The record as it is now, or why nothing was changed. */
export type Done = { readonly done: LedgerRecord } | { readonly refused: string };

/** What is done to one mention. `edit` brings the new words along. */
export const acts = ['approve', 'edit', 'ask again', 'reject', 'retry', 'remove', 'leave alone', 'come back'] as const;
export type ActName = (typeof acts)[number];

export interface Place {
  readonly network: string;
  readonly account: string;
  readonly handle: string;
  /** Why nothing is posted there now. */
  readonly paused?: string | undefined;
  /** Answers wait for a human. */
  readonly holds: boolean;
  readonly counts: Readonly<Partial<Record<Standing, number>>>;
}

/** The ledger and the kill switch, as the desk uses them. `by`: who does it, for the log. */
export interface Board {
  places(): Promise<readonly Place[]>;
  /** Newest change first. */
  list(states: readonly Standing[], page: { readonly limit: number; readonly skip: number }, network?: string): Promise<{ readonly records: readonly LedgerRecord[]; readonly total: number }>;
  show(ref: MentionRef): Promise<{ readonly record: LedgerRecord; readonly receipt: Receipt | undefined; readonly isLeftAlone: boolean } | undefined>;
  /** `fence`: of the draft that was looked at. */
  act(name: ActName, ref: MentionRef, given: { readonly by: string; readonly fence: string; readonly text: string }): Promise<Done>;
  pause(network: string | undefined, by: string): Promise<void>;
  resume(network: string | undefined, by: string): Promise<void>;
  /** Removes what was posted in so many ms. */
  undo(sinceMs: number, network: string | undefined, by: string): Promise<{ readonly removed: number; readonly failed: readonly string[] }>;
  /** How things are, beside the ledger. */
  health(): Promise<Health>;
}

export interface Health {
  readonly lines: readonly string[];
  readonly troubles: readonly { readonly part: string; readonly line: string; readonly at: number }[];
  readonly sources: readonly { readonly name: string; readonly items: number; readonly newest?: string | undefined }[];
  readonly bills: readonly { readonly network: string; readonly account: string; readonly today: number; readonly total: number; readonly perDay: number; readonly lines: readonly { readonly what: string; readonly count: number; readonly dollars: number }[] }[];
  readonly leftAlone: number;
}

export interface DeskTools extends Pick<HealthTools, 'numbers' | 'series'> {
  readonly board: Board;
  readonly accounts: readonly Network[];
  readonly bench: Bench;
  readonly access: AccessTools;
  /** What the operator decided. */
  readonly settings: unknown;
  /** Takes secrets out. */
  readonly scrub: (text: string) => string;
  /** What keeps the store from working, in a line. */
  readonly trouble: () => string | undefined;
}

export interface DeskPage {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  readonly scripts?: readonly AssetName[];
  readonly styles?: readonly AssetName[];
}

/** Shows a form again as it was filled in, to somebody who had to log in before it could be taken. */
export type ShowAgain = (request: FastifyRequest, answer: FastifyReply, form: Readonly<Record<string, string>>) => Promise<FastifyReply> | FastifyReply;

export interface Desk {
  /** What every form must hold. */
  csrf(request: FastifyRequest): Html;
  sendDesk(request: FastifyRequest, answer: FastifyReply, page: DeskPage): FastifyReply;
}
