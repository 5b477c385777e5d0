import { z } from 'zod';
import { SetupError } from '../core/errors.ts';
import { finalStates, openStates, type State } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';
import { note } from './notes.ts';

// The lines of an exported ledger. Only what the program relies on is asked for: what a later version adds is carried along.

/** From the second on it holds notes. */
export const version = 2;

const text = z.string();
/** In whole ms since 1970, as far as dates go. */
const time = z.int().nonnegative().max(8.64e15, 'is beyond every date');
const count = z.int().nonnegative();
const network = text.regex(/^[a-z0-9-]+$/u, 'no name of a network');
const account = text.regex(/^[A-Za-z0-9._@-]+$/u, 'no name of an account');
const ref = { network, account, id: text.min(1) };
const items = z.array(z.looseObject({ text }));

const mention = z.looseObject({
  ...ref, url: text, createdAt: text, text, salutation: text, visibility: z.enum(['public', 'unlisted', 'followers', 'direct']),
  author: z.looseObject({ id: text, handle: text, name: text, isBot: z.boolean() }), media: z.array(z.looseObject({ url: text })), links: z.array(text),
});
/** Steps of a record, `drafted+12,posted+40`; of a long way the middle is left out, and the step before it may be cut. */
const way = text.regex(/^(?:[a-zA-Z]{0,20}(?:\+-?\d{0,15})?|\.{3})(?:,(?:[a-zA-Z]{0,20}(?:\+-?\d{0,15})?|\.{3}))*$/u, 'is no way of a record');
const receipt = z.looseObject({
  mention: z.looseObject(ref), visibility: mention.shape.visibility, asked: text, answer: text, language: text, model: text, items, thread: items, drafts: items, at: text,
  persona: z.looseObject({ name: text, version: text }), took: z.looseObject({ gather: z.number(), model: z.number(), total: z.number() }),
});
/** What a record is known by, and what holds only for the store that it stood in. */
const reserved = new Set(['network', 'account', 'id', 'state', 'rest', 'epoch', 'draft', 'unjudged', 'forgotten', 'verify']);
const record = z.object({
  kind: z.literal('record'), ...ref, state: z.enum([...openStates, ...finalStates]),
  /** What is kept of it, and beside it what was written. */
  fields: z.looseObject({
    mention, seenAt: time, updatedAt: time, draftNumber: z.int().positive(), ...z.object({
      fence: text, deadline: time, way, reason: text, failures: count, crashes: count, calls: count, absences: count, reworded: count, wasUnknown: z.boolean(), ordered: z.boolean(), erase: z.boolean(),
      duplicate: z.enum(['at first', 'later']), reply: z.looseObject({ id: text, url: text }), granted: z.union([z.looseObject({ silent: text }), z.looseObject({ says: text, language: text })]),
    }).partial().shape,
  })
    .refine(fields => Object.keys(fields).every(name => !reserved.has(name) && /^[a-zA-Z]+$/u.test(name)), 'holds a field that does not belong there'),
  texts: z.strictObject({
    mention: mention.optional(), draft: z.looseObject({ number: z.int().positive(), text, language: text, receipt, ...z.object({ edits: count, privately: z.boolean(), toOwner: z.boolean() }).partial().shape }).optional(),
    unjudged: z.looseObject({ text, version: text, attempt: z.int().positive(), completion: z.looseObject({ model: text }), drafts: items }).optional(),
  }),
  /** When it ends and when what was written does, in ms since 1970. */
  endsAt: time.optional(), textsEndAt: time.optional(),
});
const line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ledger'), version: z.literal([1, version], `this program reads versions 1 and ${version}`), at: text }),
  record,
  z.object({ kind: z.literal('receipt'), network, account, reply: text.min(1), whole: z.boolean(), receipt, endsAt: time.optional() }),
  note,
  z.object({ kind: z.literal('cursor'), network, account, cursor: text }),
  /** Without it the file was cut off. */
  z.object({ kind: z.literal('end'), records: count, receipts: count, notes: count.default(0), cursors: count }),
]);

export type Line = z.infer<typeof line>;
export type LineOf<Kind extends Line['kind']> = Extract<Line, { kind: Kind }>;

/** Every line of an export. SetupError with the name of the file and the number of the first line that is wrong. */
export function readLines(ndjson: string, file: string): readonly Line[] {
  const wrong = (number: number, what: string): SetupError => new SetupError(`${file}: line ${number}: ${what}; nothing was imported`);
  const written = ndjson.split('\n').map((content, at) => ({ content, number: at + 1 })).filter(({ content }) => content.trim() !== '');
  const lines = written.map(({ content, number }) => {
    const read = parse(content);
    if (read === undefined) throw wrong(number, 'it is not JSON');
    const { data, error } = line.safeParse(read);
    const [issue] = error?.issues ?? [];
    const trouble = issue ? `${issue.path.join('.') || 'kind'}: ${issue.message}` : data?.kind === 'record' ? findStranger(data) ?? findEndless(data) : undefined;
    if (!data || trouble !== undefined) throw wrong(number, trouble ?? 'it is not understood');
    return data;
  });
  if (lines[0]?.kind !== 'ledger') throw wrong(1, 'this is no export of a ledger, which begins with {"kind":"ledger"}');
  const end = lines.at(-1);
  const endsOn = written.at(-1)?.number ?? 1;
  if (end?.kind !== 'end') throw wrong(endsOn, 'the file is cut off: an export ends with {"kind":"end"}');
  for (const kind of ['record', 'receipt', 'note', 'cursor'] as const) {
    const held = lines.filter(each => each.kind === kind).length;
    if (end[`${kind}s`] !== held) throw wrong(endsOn, `it counts ${end[`${kind}s`]} ${kind}s, and the file holds ${held}: it is not whole`);
  }
  // Accounts are known by their cursors: whoever looked for a record without one would find that no bot has run.
  const known = new Set(lines.flatMap(each => (each.kind === 'cursor' ? [toPlace(each)] : [])));
  const lost = lines.findIndex(each => each.kind === 'record' && !known.has(toPlace(each)));
  if (lost !== -1) throw wrong(written[lost]?.number ?? 1, 'the file holds no cursor of this account: it is not whole');
  return lines;
}

const toPlace = (each: Pick<MentionRef, 'network' | 'account'>): string => `${each.network} ${each.account}`;

/** A record that tells of another mention than its own would be answered under that one. */
function findStranger({ network: on, account: of, id, fields, texts }: LineOf<'record'>): string | undefined {
  const isOwn = (each: MentionRef | undefined): boolean => each === undefined || (each.network === on && each.account === of && each.id === id);
  if (!isOwn(fields.mention)) return 'fields.mention: is another mention';
  if (!isOwn(texts.mention)) return 'texts.mention: is another mention';
  return isOwn(texts.draft?.receipt.mention) ? undefined : 'texts.draft: is for another mention';
}

const sent: readonly State[] = openStates.filter(state => state !== 'seen');

/** What is about to be sent goes to and fro for ever when there is nothing to send. Where the words had to go, the draft went with them, and the mention comes to its end. */
function findEndless({ state, texts }: LineOf<'record'>): string | undefined {
  const isWithout = sent.includes(state) && texts.mention !== undefined && texts.draft === undefined;
  return isWithout ? `texts.draft: is missing, and a mention that is ${state} has one` : undefined;
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined; // told with the number of its line
  }
}
