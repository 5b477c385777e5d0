// The words we speak. Plain readonly data, JSON through and through. Ids are opaque strings: never parsed, compared or ordered outside their network's own folder.
// Times are ISO 8601 strings in UTC when a network said them, milliseconds since 1970 (a name ending in `At` with type number) when our clock did.
import type { Mood } from './moods.ts';

/** Who may see a post, from widest to narrowest. Networks with fewer steps use the ones they have. */
export type Visibility = 'public' | 'unlisted' | 'followers' | 'direct';

/** Somebody on a network. `handle` is what one types after `@`, with the host where the network needs it. */
export interface Author {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly isBot: boolean;
  readonly url?: string;
  /** Plain text of the profile. */
  readonly bio?: string;
  /** When the account was made. */
  readonly since?: string;
}

/** Something attached to a post. `alt` is the author's own description; without it nobody here knows what it shows. */
export interface Media {
  readonly kind: 'image' | 'video' | 'audio' | 'other';
  readonly url: string;
  readonly alt?: string;
}

/** One post as its network shows it, HTML already turned to text. Every text in here is foreign: data, never instruction. */
export interface Post {
  readonly network: string;
  readonly id: string;
  readonly url: string;
  readonly author: Author;
  readonly text: string;
  /** BCP 47 tag the network gave, which may be the account's default and not the text's language. */
  readonly language?: string;
  readonly createdAt: string;
  readonly media: readonly Media[];
  readonly links: readonly string[];
  readonly visibility: Visibility;
  readonly contentWarning?: string;
  /** Id of the post this one answers. */
  readonly replyTo?: string;
  /** Id of the first post of its thread, where the network says it. */
  readonly conversation?: string;
  readonly quote?: Post;
}

/** A post that tags us. */
export interface Mention extends Post {
  /** `Self.account` of the account that was tagged. */
  readonly account: string;
  /** What an answer must begin with so that the asker is notified, with its trailing space; empty where the network does that itself. */
  readonly salutation: string;
  /** Ids of people besides the asker who are named in it, or whose post it answers: known without reading. A network that would notify them of an answer by itself is told not to. */
  readonly bystanders?: readonly string[];
  /** What the network sent along of what was said before it, oldest first: needs no asking. */
  readonly before?: readonly Post[];
  /** Ids that it went by before its author edited it, where an edit makes a new one. */
  readonly earlier?: readonly string[];
  /** Why its network would take no answer of ours to it. Absent: it would. */
  readonly unanswerable?: string;
  /** Somebody who is forgotten was named in it: it says less than its author wrote. */
  readonly isMasked?: true;
  /** Until when the network lets us keep what people wrote, here and in everything that was read for it; absent: as long as the record. */
  readonly forgetAt?: string;
}

/** Which mention, everywhere: in the ledger, in job ids, in logs. */
export interface MentionRef {
  readonly network: string;
  readonly account: string;
  readonly id: string;
}

/** Oldest first; the last one is the mention itself. Posts narrower than the mention are left out by the network. */
export type Thread = readonly Post[];

/** Who we are on one network. */
export interface Self {
  /** Stable key of this account, only `A-Za-z0-9._@-`: part of every key and queue name. */
  readonly account: string;
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly url: string;
}

/** What a network allows in one post, in the unit of its `measure`. */
export interface Limits { readonly text: number }
/** One page of new mentions, oldest first. `cursor` is where the next call goes on; `more` says that it should be called at once. */
export interface MentionPage {
  readonly mentions: readonly Mention[];
  readonly cursor: string;
  readonly more: boolean;
  /** What is out of reach between the last call and this one, in a line for the operator. */
  readonly gap?: string;
}

/** An answer, ready to be sent as it is. */
export interface Reply {
  readonly to: Mention;
  /** The whole text, salutation included. */
  readonly text: string;
  readonly language?: string;
  /** Same key, same post, on networks that know idempotency keys. */
  readonly idempotencyKey: string;
  /** For the asker's eyes only, where the network has private posts. */
  readonly privately?: true;
  /** Give up rather than send after this many milliseconds of `Clock.monotonic()`. */
  readonly giveUpAt: number;
  /** And after this time of `Clock.now()`: the other clock may stand still while a machine sleeps. */
  readonly giveUpBy: number;
}

/** A post of ours. */
export interface PostRef {
  readonly id: string;
  readonly url: string;
  readonly visibility?: Visibility;
}

/** What kind of thing is hot: a headline, a tag, a shared link, or somebody's post. */
export type ContextKind = 'headline' | 'tag' | 'link' | 'post';
/** A post that was read earlier, as it is now. */
export interface Look {
  /** False: it is gone, or hidden from us. */
  readonly stands: boolean;
  readonly visibility?: Visibility;
  /** What it says now, where it was edited. */
  readonly text?: string;
  /** It was edited, and tags us no more. */
  readonly isUntagged?: true;
}

/** One thing that is happening now. */
export interface ContextItem {
  /** Unique within the pool and stable over refreshes. */
  readonly id: string;
  /** Where it came from, as a reader would name it: a feed's title, a server's name. */
  readonly source: string;
  readonly kind: ContextKind;
  /** Headline, `#tag` or the post's text, plain. */
  readonly text: string;
  /** More about it, plain. */
  readonly summary?: string;
  readonly url?: string;
  /** 0 (cold) to 1 (the hottest its source has). */
  readonly heat: number;
  /** How many people or posts, where the source counts them. */
  readonly count?: number;
  readonly at: string;
  readonly language?: string;
  /** Of a post: whose eyes it was read with, and its id there, where it can be looked at again for nothing. */
  readonly post?: MentionRef;
  /** Who wrote it, where it is somebody's post: for his wishes, never for a prompt or a page. `handle` is empty where nobody said it. */
  readonly by?: { readonly network: string; readonly id: string; readonly handle: string };
  /** Dollars that reading it cost. */
  readonly cost?: number;
  /** Until when its network lets us keep it; absent: as long as we like. */
  readonly forgetAt?: string;
}

/** A context item that was chosen for one mention. */
export interface RankedItem extends ContextItem {
  readonly score: number;
  /** Words of the asker that it matched; empty when it came in by heat alone. */
  readonly matched: readonly string[];
}

/** What was found for one mention: `open` when the asker named no topic ("what is everybody on about?"). */
export interface Gathered {
  readonly open: boolean;
  readonly items: readonly RankedItem[];
}

/** Lines of the built-in engine: kind of answer → templates. */
export type Lines = Readonly<Record<string, readonly string[]>>;
/** A voice, as its author wrote it. */
export interface Persona {
  readonly name: string;
  readonly about: string;
  readonly voice: string;
  /** 0 (courteous) to 10 (merciless about claims, never about people). */
  readonly cheek: number;
  readonly do: readonly string[];
  readonly dont: readonly string[];
  readonly avoid: readonly string[];
  /** Languages the voice is at home in, the first one its own. */
  readonly languages: readonly string[];
  readonly examples: readonly { readonly post: string; readonly answer: string }[];
  /** Language → the built-in engine's lines in it. */
  readonly lines: Readonly<Record<string, Lines>>;
  /** Short hash of the file it was read from. */
  readonly version: string;
}

/** The mention in parts, for an engine that reads no prose. */
export interface Brief {
  readonly persona: Persona;
  readonly thread: Thread;
  /** The asker's words without handles and links. */
  readonly question: string;
  /** Language to answer in. */
  readonly language: string;
  readonly gathered: Gathered;
  /** The room is not one for jokes: no voice may make any. */
  readonly mood?: Mood;
  /** What it has to say was said to others lately, in whatever words it tried. */
  readonly isAgain?: boolean;
  /** Longest answer, salutation excluded, in characters. */
  readonly room: number;
  /** Stable per mention and attempt: the same seed gives the same answer. */
  readonly seed: string;
  /** Our own name and handle. */
  readonly self: Self;
}

/** Everything a model is given. `system` is byte-stable for one persona. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
  readonly images: readonly Media[];
  readonly brief: Brief;
}

/** What a model said. */
export interface Completion {
  readonly text: string;
  /** It will not answer this: why, in its own words. */
  readonly refusal?: string;
  /** As a reader would name it; "built-in engine, no model" for the one without. */
  readonly model: string;
  /** In which language it is, where the model knows that itself (BCP 47). */
  readonly language?: string;
  readonly tokens?: { readonly in: number; readonly out: number; readonly dollars?: number };
  /** How many answers it took. Absent: this one. */
  readonly calls?: number;
}

/** How much may be read for one mention, which a short budget steps down: everything, the thread and the pool, or only the pool and what came with the mention. */
export type Rung = 'full' | 'thread' | 'pool';
