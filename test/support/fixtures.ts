import type { Receipt } from '../../src/core/record.ts';
import type { Author, Completion, Mention, Persona, Post, Prompt, RankedItem, Self } from '../../src/core/types.ts';
import type { Model } from '../../src/core/ports.ts';

export const self: Self = { account: 'quip@town.example', id: 'u-quip', handle: 'quip@town.example', name: 'Quip', url: 'https://town.example/@quip' };

export const anAuthor = (name: string, more: Partial<Author> = {}): Author => ({ id: `u-${name}`, handle: `${name}@town.example`, name, isBot: false, ...more });

export const aPost = (id: string, more: Partial<Post> = {}): Post => ({
  network: 'faketown', id, url: `https://town.example/posts/${encodeURIComponent(id)}`, author: anAuthor('wilma'), text: 'The ferry is late again.',
  createdAt: '2026-11-23T11:59:00.000Z', media: [], links: [], visibility: 'public', ...more,
});

export const aMention = (id: string, more: Partial<Mention> = {}): Mention => ({
  ...aPost(id, { author: anAuthor('milo'), text: '@quip@town.example is the ferry ever on time?' }),
  account: self.account, salutation: '@milo@town.example ', ...more,
});

export const aPersona = (more: Partial<Persona> = {}): Persona => ({
  name: 'Quip', about: 'A dry voice from the harbour.', voice: 'Short and dry.', cheek: 4, do: ['name the thing'], dont: ['explain the joke'], avoid: ['medicine'],
  languages: ['en'], examples: [{ post: 'Is it raining?', answer: 'Only on the people outside.' }], lines: {}, version: 'v-test', ...more,
});

export const anItem = (text: string, more: Partial<RankedItem> = {}): RankedItem => ({
  id: `item-${text}`, source: 'Harbour Herald', kind: 'headline', text, heat: 0.8, at: '2026-11-23T11:00:00.000Z', score: 1, matched: ['ferry'], ...more,
});

export const aReceipt = (mention: Mention, answer: string): Receipt => ({
  mention: { network: mention.network, account: mention.account, id: mention.id }, visibility: mention.visibility, asked: mention.text, answer, language: 'en', model: 'scripted model',
  persona: { name: 'Quip', version: 'v-test' }, promptVersion: '00000000', thread: [], open: false, items: [], drafts: [], took: { gather: 1, model: 2, total: 3 }, at: '2026-11-23T12:00:00.000Z',
});

/** A model that says what it is told to, and keeps what it was asked. */
export interface ScriptedModel extends Model {
  readonly prompts: Prompt[];
  /** What it says next, in order; an error is thrown. When nothing is left: a good answer. */
  readonly says: (string | Error)[];
}

export const goodAnswer = 'The ferry keeps its own calendar.';

export function openScriptedModel(...says: (string | Error)[]): ScriptedModel {
  const prompts: Prompt[] = [];
  return {
    name: 'scripted model',
    prompts,
    says,
    async complete(prompt): Promise<Completion> {
      prompts.push(prompt);
      const said = says.shift() ?? goodAnswer;
      if (said instanceof Error) throw said;
      return { text: said, model: 'scripted model', tokens: { in: 10, out: 5 } };
    },
  };
}
