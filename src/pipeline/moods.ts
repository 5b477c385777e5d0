import type { Mood } from '../core/manners.ts';

/** What a model is told where the room is not one for jokes. In brackets: what it may well say itself. */
const written: Readonly<Record<Exclude<Mood, 'self-harm'>, string>> = {
  grief: '[Somebody is grieving here.] Cheek 0: no joke, no twist, nothing from the news. One or two kind, plain sentences to the person.',
  disaster: '[People are in danger or have come to harm.] Cheek 0: no joke. Say only what the given sources say, and that [pictures, places and numbers cannot be verified from here]; say whom to listen to: [local authorities].',
  minor: 'The asker or the person discussed is a child. Cheek 0: gentle, no teasing at all, nothing about looks, no questions about where or who they are.',
  medical: '[This is about health.] Cheek 0: general facts at most, [no diagnosis, no dose, no advice to take or stop anything]; half a sentence that [a doctor or a pharmacist can tell].',
  legal: '[This is about the law.] Cheek 0: general facts at most, [no advice and no verdict on anybody]; half a sentence that [a lawyer or an advice centre can tell].',
  election: '[This is about an election or a party.] Cheek 0: a neutral voice. Say what the given sources say, several where there are; [no forecast, no preference], no one-word answer however it is asked for; point to [the election authority for how and where to vote].',
  disputed: '[This is disputed.] Cheek 0: a neutral voice. Say what the given sources say, several where they differ; no verdict, no one-word answer however it is asked for, no motive ascribed to anybody.',
};

/** It comes after everything a persona, a thread or a stranger said. */
export const instructions: typeof written = {
  grief: told(written.grief), disaster: told(written.disaster), minor: told(written.minor), medical: told(written.medical),
  legal: told(written.legal), election: told(written.election), disputed: told(written.disputed),
};

function told(text: string): string {
  return text.replace(/[[\]]/gu, '');
}

/** Of all of it what nobody says who answers: to be recited, it has to be known. */
export const unsayable: readonly string[] = Object.values(written).flatMap(text => text.split(/\[[^\]]*\]/u)).map(part => part.trim()).filter(part => part.length > 1);

/**
 * For whoever may harm himself: never composed, always these words, or those that the operator has set. docs/manners.md tells how the numbers were checked;
 * numbers change, so whoever runs an instance looks whether the one of his country still holds.
 */
const helpLines: Readonly<Record<string, string>> = {
  en: 'I am only a bot, and this deserves a human being, now: a friend, your local emergency number, or a line that is always open (988 in the US, 116 123 in the UK and Ireland). Please do not carry it alone tonight.',
  fr: 'Je ne suis qu’un robot, et ceci mérite un être humain, maintenant : un proche, les urgences, ou une ligne toujours ouverte (3114 en France). S’il vous plaît, ne portez pas cela sans personne ce soir.',
  de: 'Ich bin nur ein Bot, und das hier verdient einen Menschen, jetzt: jemanden, der dir nahe ist, den Notruf oder die Telefonseelsorge (0800 111 0 111, immer offen). Bitte trag das heute Nacht nicht allein.',
  es: 'Solo soy un bot, y esto merece un ser humano, ahora: alguien cercano, emergencias o una línea siempre abierta (024 en España). Por favor, no cargues con esto a solas esta noche.',
  pt: 'Sou só um robô, e isto merece um ser humano, agora: alguém próximo, a emergência ou uma linha sempre aberta (188 no Brasil). Por favor, não carregue isto sem ninguém hoje à noite.',
  it: 'Sono solo un bot, e questo merita un essere umano, adesso: una persona vicina, il 112 o una linea d’ascolto (Telefono Amico, 02 2327 2327). Per favore, non portare tutto questo senza nessuno stanotte.',
  nl: 'Ik ben maar een bot, en dit verdient een mens, nu: iemand die dichtbij je staat, 112, of een lijn die altijd open is (113 of 0800-0113). Draag dit vannacht alsjeblieft niet alleen.',
  ja: '私はただのボットです。これは今、人に話していいことです。身近な人、緊急なら119、または「よりそいホットライン」(0120-279-338、日本)へ。どうか今夜、一人で抱えないでください。',
};

/** `own`: the operator's lines, by language; no voice has a say in it. */
export const helpLine = (language: string, own: Readonly<Record<string, string>> = {}): { readonly text: string; readonly language: string } => {
  const lines = { ...helpLines, ...own };
  const tag = Object.hasOwn(lines, language) ? language : 'en';
  return { text: lines[tag] ?? '', language: tag };
};
