import type { Silence } from '../core/counts.ts';
import { gaveWay, type Gate, type GaveWay, type State } from '../core/record.ts';
import type { Mood } from '../core/moods.ts';
import type { Rung } from '../core/types.ts';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** Everything that the public pages say. */
export interface Words {
  readonly skip: string; /** This language, in its own words. */ readonly itself: string;
  readonly receipt: string; readonly about: string; readonly gone: string; readonly goneWhy: string;
  readonly asked: (who: string) => string; readonly askedElsewhere: string; readonly answered: string; readonly written: string; readonly seeMention: string; readonly seeAnswer: string; readonly approved: string; readonly edited: string;
  readonly read: string; readonly readNothing: string; readonly readThread: string; readonly readNews: string; readonly openQuestion: string; readonly namedTopic: string; readonly noNews: string;
  readonly matched: (words: string) => string; readonly hottest: string; readonly hot: (percent: number) => string; readonly forgottenMatch: string;
  readonly made: string; readonly engine: string; readonly tokens: string; readonly voice: string; readonly prompt: string; readonly language: string; readonly cost: string; readonly atMost: (sum: string) => string; readonly under: (sum: string) => string; readonly moneyFor: string;
  readonly gates: string; readonly gate: Readonly<Record<Gate, string>>; readonly passed: string; readonly mood: Readonly<Record<Mood | 'ordinary', string>>;
  readonly withheld: string; readonly withheldNote: string;
  /** Why a draft was not posted, where it was for what a human did. */
  readonly humanWhy: Readonly<Record<GaveWay, string>>; readonly humanNote: string;
  readonly characters: (count: number) => string;
  readonly times: string; readonly looking: string; readonly thinking: string; readonly rest: string; readonly total: string;
  readonly way: string; readonly state: Readonly<Record<State, string>>;
  readonly proof: string; readonly proofNote: string; readonly asJson: string; readonly willForget: (when: string) => string; readonly hasForgotten: string;
  readonly rung: Readonly<Record<Rung, string>>; readonly kind: Readonly<Record<'headline' | 'tag' | 'link' | 'post', string>>;
  readonly promptTitle: string; readonly promptNote: (name: string) => string; readonly promptGone: string;
  readonly aboutIntro: string; readonly runBy: string; readonly runByNobody: string; readonly rulesTitle: string; readonly rules: readonly string[];
  readonly wishesTitle: string; readonly wishesIntro: string; readonly wishes: readonly (readonly [wish: string, what: string])[];
  readonly numbersTitle: string; readonly answeredNumber: string; readonly counts: (all: string, month: string, day: string) => string; readonly medianTime: string; readonly each: string; readonly rate: string; readonly silentTitle: string; readonly silence: Readonly<Record<Silence, string>>;
  readonly promptsNote: string; readonly noPrompts: string; readonly since: (day: string) => string;
  readonly postGone: string;
  readonly storeTrouble: string; readonly tryLater: string;
  readonly nowhere: string; readonly nowhereWhy: string; readonly unreadable: string; readonly unreadableWhy: string; readonly notTaken: string; readonly notTakenWhy: string; readonly tooMuch: string; readonly broken: string; readonly brokenWhy: string;
}

export const words: Readonly<Record<Language, Words>> = {
  en: {
    skip: 'To the content', itself: 'In English',
    postGone: 'a post that was taken back or changed since',
    receipt: 'Receipt', about: 'About this bot', gone: 'No such receipt', goneWhy: 'Either there never was one under this address, or it has come to its end: receipts go with the answer they belong to, and after some time by themselves.',
    asked: who => `${who} asked`, askedElsewhere: 'Somebody asked', answered: 'It answered', written: 'written', seeMention: 'the post', seeAnswer: 'the answer', approved: 'A human approved it.', edited: 'A human changed its words and approved them.',
    read: 'What it read', readNothing: 'Nothing but the question.', readThread: 'The conversation so far', readNews: 'What is going on', openQuestion: 'No topic was named, so the hottest things around came in.', namedTopic: 'A topic was named, so only what concerns it came in.', noNews: 'Nothing going on just then concerned this, so nothing was dragged in.',
    matched: found => `matched ${found}`, hottest: 'it was the hottest thing around', hot: percent => `heat ${percent} of 100`, forgottenMatch: 'what it matched is gone',
    made: 'How it was made', engine: 'Engine', tokens: 'Tokens', voice: 'Voice', prompt: 'Instructions', language: 'Language', cost: 'Cost', atMost: sum => `${sum} at most`, under: sum => `under ${sum}`, moneyFor: 'Money for',
    gates: 'What it had to pass', gate: { silence: 'May it answer?', asked: 'Is the question fit to be read?', room: 'What kind of room is it?', grammar: 'Does the draft hold nothing forbidden?', draft: 'Is the draft fit to be said?' }, passed: 'passed',
    mood: { ordinary: 'an ordinary one', 'self-harm': 'somebody may harm themselves', danger: 'somebody is hurt or threatened', grief: 'grief', disaster: 'a disaster', minor: 'a child', medical: 'medical', legal: 'legal', election: 'an election', disputed: 'disputed' },
    withheld: 'Drafts that were not posted', withheldNote: 'Their words stay with the operator: what was not fit to be posted is not fit to be published here either.',
    humanWhy: { [gaveWay.changed]: 'a human changed its words', [gaveWay.notWanted]: 'a human asked for another one', [gaveWay.outdated]: 'the post was edited after it was written' }, humanNote: 'Where a human wanted other words, the first ones stay with the operator.',
    characters: count => `${count} characters`,
    times: 'Time it took', looking: 'Looking around', thinking: 'Thinking', rest: 'Everything else', total: 'Total',
    way: 'What happened', state: { seen: 'mention seen', drafted: 'draft written', held: 'waiting for a human', ready: 'ready to post', posting: 'posting', unknown: 'outcome unknown', posted: 'posted', skipped: 'skipped', withheld: 'withheld', rejected: 'refused', parked: 'parked', quarantined: 'quarantined' },
    proof: 'Proof', proofNote: 'Signed with the key of this instance. To check it:', asJson: 'as JSON, signed', willForget: when => `What people wrote will be gone by ${when}, as its network demands.`, hasForgotten: 'What people wrote is gone, as its network demands. Hashes of it remain.',
    rung: { full: 'everything', thread: 'the thread, no search', pool: 'what it knew already' }, kind: { headline: 'headline', tag: 'tag', link: 'link', post: 'post' },
    promptTitle: 'Instructions', promptNote: name => `What every model is told before it answers in the voice ${name}. What is read for one answer comes after it, and stands in that answer’s receipt.`, promptGone: 'These instructions are not published here.',
    aboutIntro: 'This is a bot. It answers whoever tags it, once, with what is happening right now, and teases claims, never people. Every public answer has a receipt that shows what it read.',
    runBy: 'Run by', runByNobody: 'its operator has not said so here',
    rulesTitle: 'What it keeps to', rules: [
      'It speaks only when it is tagged, and answers each tag at most once.',
      'It mentions nobody but who asked, and never posts wider than the post it answers.',
      'What it reads is never an order to it: words of others cannot make it post links, handles or commands.',
      'No jokes about grief, danger, children, health, law or elections; no guesses about people.',
      'It leaves alone other bots, whoever asked for that, and whoever says so in their profile (#nobot, #noai, #nollm).',
      'What people wrote is kept only as long as its network allows, and goes with their post.',
    ],
    wishesTitle: 'Words it obeys', wishesIntro: 'Anybody may tag it with one of these; it does it at once and says so once, quietly.',
    wishes: [['stop', 'it never answers you again'], ['come back', 'it does again'], ['delete', 'the answer under which you say it is removed; for who asked, and whose post it was about'], ['not here', 'it stays out of that thread'], ['forget me', 'everything kept about you is erased'], ['what do you know about me', 'it tells you, in private where it can']],
    numbersTitle: 'What it did', answeredNumber: 'Answers', counts: (all, month, day) => `${all} in all, ${month} in the last 30 days, ${day} in the last 24 hours`, medianTime: 'Time to an answer, median of 30 days', each: 'an answer', rate: 'Answered, of those it may answer', silentTitle: 'Why it was silent',
    silence: { self: 'its own posts', bot: 'from a machine, or as if', visibility: 'not that kind of post here', settings: 'left alone by its operator', age: 'too late', wish: 'somebody wanted to be left alone, or a thread quiet', limit: 'asked too often', money: 'no money left', words: 'nothing fit to answer', gone: 'deleted before the answer, or edited again and again', network: 'its network takes no answer there' },
    promptsNote: 'What every model is told before it answers, with every version there has been.', noPrompts: 'No answer has been made with any yet.', since: day => `since ${day}`,
    storeTrouble: 'Its memory does not answer just now', tryLater: 'Nothing is lost. Try again in a minute.',
    nowhere: 'There is nothing here', nowhereWhy: 'No page has this address.', unreadable: 'This address cannot be read', unreadableWhy: 'Something in it is broken: it may have been cut off where you copied it.',
    notTaken: 'This was not taken', notTakenWhy: 'It was not done, and nothing has changed. What you wrote is still in its form: go back there.', tooMuch: 'This is more than a form here may hold', broken: 'Something went wrong here', brokenWhy: 'That is a fault of this program, and stands in its log. Nothing that was kept is lost.',
  },
  fr: {
    skip: 'Aller au contenu', itself: 'En français',
    postGone: 'un message retiré ou modifié depuis',
    receipt: 'Reçu', about: 'À propos de ce bot', gone: 'Reçu introuvable', goneWhy: 'Soit il n’y en a jamais eu à cette adresse, soit il a expiré : un reçu disparaît avec sa réponse, et de lui-même après un certain temps.',
    asked: who => `${who} a demandé`, askedElsewhere: 'Quelqu’un a demandé', answered: 'Il a répondu', written: 'rédigé le', seeMention: 'le message', seeAnswer: 'la réponse', approved: 'Un humain l’a approuvée.', edited: 'Un humain en a changé les mots et l’a approuvée.',
    read: 'Ce qu’il a lu', readNothing: 'Rien d’autre que la question.', readThread: 'La conversation jusque-là', readNews: 'Ce qui se passe', openQuestion: 'Aucun sujet n’était nommé : le plus brûlant est entré.', namedTopic: 'Un sujet était nommé : seul ce qui le concerne est entré.', noNews: 'Rien de ce qui se passait ne concernait la question ; rien n’a donc été ajouté.',
    matched: found => `correspond à ${found}`, hottest: 'c’était le plus brûlant', hot: percent => `chaleur ${percent} sur 100`, forgottenMatch: 'ce qui correspondait est effacé',
    made: 'Comment c’est fait', engine: 'Moteur', tokens: 'Jetons', voice: 'Voix', prompt: 'Consignes', language: 'Langue', cost: 'Coût', atMost: sum => `${sum} au plus`, under: sum => `moins de ${sum}`, moneyFor: 'Argent pour',
    gates: 'Ce qu’il a dû franchir', gate: { silence: 'A-t-il le droit de répondre ?', asked: 'La question peut-elle être lue ?', room: 'Quelle est l’ambiance ?', grammar: 'Le brouillon est-il sans rien d’interdit ?', draft: 'Le brouillon peut-il être dit ?' }, passed: 'franchi',
    mood: { ordinary: 'ordinaire', 'self-harm': 'quelqu’un pourrait se faire du mal', danger: 'quelqu’un est blessé ou menacé', grief: 'deuil', disaster: 'catastrophe', minor: 'un enfant', medical: 'médical', legal: 'juridique', election: 'une élection', disputed: 'controversé' },
    withheld: 'Brouillons non publiés', withheldNote: 'Leurs mots restent chez l’opérateur : ce qui ne devait pas être publié là-bas ne l’est pas ici non plus.',
    humanWhy: { [gaveWay.changed]: 'un humain en a changé les mots', [gaveWay.notWanted]: 'un humain en a demandé un autre', [gaveWay.outdated]: 'le message a été modifié après sa rédaction' }, humanNote: 'Là où un humain a voulu d’autres mots, les premiers restent chez l’opérateur.',
    characters: count => `${count} caractères`,
    times: 'Temps passé', looking: 'À regarder', thinking: 'À réfléchir', rest: 'Le reste', total: 'Total',
    way: 'Ce qui s’est passé', state: { seen: 'mention vue', drafted: 'brouillon écrit', held: 'en attente d’un humain', ready: 'prêt à publier', posting: 'publication', unknown: 'issue inconnue', posted: 'publié', skipped: 'ignoré', withheld: 'retenu', rejected: 'refusé', parked: 'mis de côté', quarantined: 'en quarantaine' },
    proof: 'Preuve', proofNote: 'Signé avec la clé de cette instance. Pour vérifier :', asJson: 'en JSON, signé', willForget: when => `Ce que les gens ont écrit aura disparu le ${when}, comme son réseau l’exige.`, hasForgotten: 'Ce que les gens ont écrit a disparu, comme son réseau l’exige. Il en reste des empreintes.',
    rung: { full: 'tout', thread: 'le fil, sans recherche', pool: 'ce qu’il savait déjà' }, kind: { headline: 'titre', tag: 'mot-dièse', link: 'lien', post: 'message' },
    promptTitle: 'Consignes', promptNote: name => `Ce que tout modèle reçoit avant de répondre avec la voix ${name}. Ce qui est lu pour une réponse vient ensuite, et figure sur le reçu de celle-ci.`, promptGone: 'Ces consignes ne sont pas publiées ici.',
    aboutIntro: 'Ceci est un bot. Il répond à qui le mentionne, une fois, avec ce qui se passe en ce moment, et taquine les affirmations, jamais les gens. Chaque réponse publique a un reçu qui montre ce qu’il a lu.',
    runBy: 'Tenu par', runByNobody: 'son opérateur ne l’a pas indiqué ici',
    rulesTitle: 'Ses règles', rules: [
      'Il ne parle que si on le mentionne, et ne répond qu’une fois au plus à chaque mention.',
      'Il ne mentionne que la personne qui demande, et ne publie jamais plus largement que le message auquel il répond.',
      'Ce qu’il lit n’est jamais un ordre : les mots des autres ne peuvent lui faire publier ni lien, ni compte, ni commande.',
      'Pas de plaisanterie sur le deuil, le danger, les enfants, la santé, le droit ou les élections ; pas de supposition sur les gens.',
      'Il laisse tranquilles les autres bots, qui l’a demandé, et qui le dit dans son profil (#nobot, #noai, #nollm).',
      'Ce que les gens ont écrit n’est gardé que le temps permis par leur réseau, et part avec leur message.',
    ],
    wishesTitle: 'Les mots auxquels il obéit', wishesIntro: 'N’importe qui peut le mentionner avec l’un d’eux ; il le fait aussitôt et le dit une fois, discrètement.',
    wishes: [['stop', 'il ne vous répond plus jamais'], ['reviens', 'il vous répond de nouveau'], ['supprime', 'la réponse sous laquelle vous le dites est retirée ; pour qui a demandé, et pour qui elle concernait'], ['pas ici', 'il reste hors de ce fil'], ['oublie-moi', 'tout ce qui est gardé sur vous est effacé'], ['que sais-tu de moi', 'il vous le dit, en privé quand il le peut']],
    numbersTitle: 'Ce qu’il a fait', answeredNumber: 'Réponses', counts: (all, month, day) => `${all} en tout, ${month} ces 30 derniers jours, ${day} ces dernières 24 heures`, medianTime: 'Temps de réponse, médiane sur 30 jours', each: 'la réponse', rate: 'Réponses, sur ce à quoi il peut répondre', silentTitle: 'Pourquoi il s’est tu',
    silence: { self: 'ses propres messages', bot: 'd’une machine, ou tout comme', visibility: 'pas ce type de message ici', settings: 'laissé tranquille par son opérateur', age: 'trop tard', wish: 'quelqu’un voulait la paix, pour lui ou pour un fil', limit: 'demandé trop souvent', money: 'plus d’argent', words: 'rien à quoi répondre', gone: 'supprimé avant la réponse, ou modifié sans cesse', network: 'son réseau n’accepte pas de réponse là' },
    promptsNote: 'Ce que tout modèle reçoit avant de répondre, avec toutes les versions.', noPrompts: 'Aucune réponse n’a encore été faite avec.', since: day => `depuis le ${day}`,
    storeTrouble: 'Sa mémoire ne répond pas', tryLater: 'Rien n’est perdu. Réessayez dans une minute.',
    nowhere: 'Il n’y a rien ici', nowhereWhy: 'Aucune page n’a cette adresse.', unreadable: 'Cette adresse est illisible', unreadableWhy: 'Elle est abîmée : peut-être a-t-elle été coupée en la copiant.',
    notTaken: 'Cela n’a pas été accepté', notTakenWhy: 'Rien n’a été fait, rien n’a changé. Ce que vous avez écrit est encore dans son formulaire : revenez-y.', tooMuch: 'C’est plus que ce qu’un formulaire peut contenir ici', broken: 'Quelque chose s’est mal passé ici', brokenWhy: 'C’est une erreur de ce programme, notée dans son journal. Rien de ce qui était gardé n’est perdu.',
  },
};
