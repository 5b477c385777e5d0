import type { Bot } from './bot.ts';
import { PermanentError, SetupError, TemporaryError } from './core/errors.ts';
import type { Network } from './core/ports.ts';
import type { LedgerRecord, Receipt } from './core/record.ts';
import type { Bench, Rehearsal, Voice, Wanted } from './core/rehearsal.ts';
import type { Mention, Persona, Post, Thread } from './core/types.ts';
import { listPersonas, loadPersona } from './personas/load.ts';
import { rehearse, toTyped } from './pipeline/rehearse.ts';
import type { Settings } from './settings.ts';

/** No prompt holds more of one post. */
const longestText = 4_000;
const longestId = 200;
const mostVoices = 2;

interface Found {
  readonly network: Network;
  readonly from: Rehearsal['from'];
  readonly mention: Mention;
  readonly thread?: Thread;
  /** What was posted then: it is no repetition of itself. */
  readonly posted?: string;
}

/** Voices tried on sentences and on what was once asked, by the tools of the bot that runs. */
export function openBench({ accounts, ledger, receipts, composeTools }: Pick<Bot, 'accounts' | 'ledger' | 'receipts' | 'composeTools'>, { persona, personaFolders }: Pick<Settings, 'persona' | 'personaFolders'>): Bench {
  let isBusy = false;
  const names = (): string[] => [...new Set([persona, ...listPersonas(personaFolders)])];

  const load = (name: string): Persona => {
    // A name that is not in the list may be the path of a file that is nobody's business.
    if (!names().includes(name)) throw new PermanentError(`There is no persona “${name}”: there are ${names().join(', ')}.`);
    try {
      return loadPersona(name, personaFolders);
    } catch (error) {
      if (error instanceof SetupError) throw new PermanentError(`The persona “${name}” cannot be used: ${error.message}`, { cause: error });
      throw error;
    }
  };

  const toVoice = (name: string): Voice => {
    try {
      loadPersona(name, personaFolders);
      return { name };
    } catch (error) {
      return { name, fault: error instanceof Error ? error.message : String(error) };
    }
  };

  const find = async (wanted: string, first: Network): Promise<Found> => {
    const named = /^[\w-]{11}$/u.test(wanted) ? (await receipts.find(wanted))?.mention : undefined;
    for (const network of [first, ...accounts.filter(each => each !== first)]) {
      const { name, self: { account } } = network;
      const id = named?.network === name && named.account === account ? named.id : wanted;
      const record = await ledger.get({ network: name, account, id });
      if (!record) continue;
      const receipt = record.reply && await receipts.get(name, account, record.reply.id);
      const posted = receipt && { posted: receipt.answer };
      if (!record.forgotten) return { network, from: 'ledger', mention: record.mention, ...posted };
      if (!receipt || (receipt.forgotten && receipt.forgetAt !== undefined)) throw new PermanentError(`The mention ${wanted} is known (${record.state}), but what was written in it is not kept any more: it cannot be tried again.`);
      return { network, from: 'receipt', ...fromReceipt(record, receipt, network), ...posted };
    }
    throw new PermanentError(`No mention and no receipt is kept under “${wanted}”.`);
  };

  const findAsked = async ({ text = '', mention = '', network: name }: Wanted): Promise<Found> => {
    const network = name === undefined ? accounts[0] : accounts.find(each => each.name === name);
    if (!network) throw new PermanentError(`There is no account on “${name ?? ''}”: there are ${accounts.map(each => each.name).join(', ') || 'none'}.`);
    const [words, id] = [text.trim(), mention.trim()];
    if (words === '' && id === '') throw new PermanentError('Write what somebody might ask, or give the id of a past mention.');
    if (words !== '' && id !== '') throw new PermanentError('Give either a sentence or the id of a past mention: both at once are two questions.');
    if (words.length > longestText) throw new PermanentError(`That is ${words.length} characters long; ${longestText} are read of a post at most.`);
    if (id.length > longestId) throw new PermanentError('No id is that long.');
    if (id !== '') return find(id, network);
    const tools = composeTools(network);
    const typed = toTyped(words, network.self.account, tools.clock, tools.rules.answers[0]);
    return { network, from: 'typed', mention: typed, thread: [typed] };
  };

  const perform = async (wanted: Wanted): Promise<Rehearsal> => {
    const voices = [...new Set(wanted.voices)].slice(0, mostVoices).map(load);
    if (voices.length === 0) throw new PermanentError('Choose a persona.');
    const { network, from, mention, thread, posted } = await findAsked(wanted);
    const { wishes, receipts: answered, rules, recent, ...tools } = composeTools(network);
    const said: Rehearsal['voices'][number][] = [];
    // One after the other: two at once would each look slower than they are.
    for (const voice of voices) {
      const { name, version } = voice;
      try {
        const rehearsed = await rehearse(mention, { ...tools, persona: voice, manners: { wishes, receipts: answered, rules }, recent: async () => (await recent()).filter(each => each !== posted) }, thread);
        said.push({ name, version, rehearsed });
      } catch (error) {
        if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
        said.push({ name, version, failed: error.message });
      }
    }
    return {
      asked: { text: mention.text, ...(from !== 'typed' && { by: mention.author.handle, url: mention.url }) },
      from, network: network.name, voices: said,
      ...(network.costs && { replyDollars: network.costs.reply }),
    };
  };

  return {
    voices: () => names().map(toVoice),
    async rehearse(wanted) {
      if (isBusy) throw new TemporaryError('Another rehearsal is under way, and each costs what its model costs: one at a time. Try again in a moment.');
      isBusy = true;
      try {
        return await perform(wanted);
      } finally {
        isBusy = false;
      }
    },
  };
}

/** The mention and its thread as far as the receipt of the answer tells of them: names, pictures and quoted posts it does not. */
function fromReceipt({ mention }: LedgerRecord, { asked, language, thread, mayRemove }: Receipt, { self }: Network): { readonly mention: Mention; readonly thread: Thread } {
  const { network, visibility, createdAt, replyTo, author } = mention;
  const whole = { ...mention, text: asked, language, author: { ...author, name: author.handle } };
  const earlier = thread.map(({ author: handle, url, text }, at): Post => {
    const isParent = at === thread.length - 1 && replyTo !== undefined;
    const id = handle === self.handle ? self.id : handle === author.handle ? author.id : (isParent ? mayRemove?.[0] : undefined) ?? handle;
    return { network, id: isParent ? replyTo : url, url, text, createdAt, visibility, author: { id, handle, name: handle, isBot: false }, media: [], links: [] };
  });
  return { mention: whole, thread: [...earlier, whole] };
}
