import type { Mood } from '../core/manners.ts';

/** Where no model is asked: what is said is fixed. */
export type FixedMood = 'self-harm' | 'danger';

/** What a model is told where the room is not one for jokes. In brackets: what it may well say itself. */
const written: Readonly<Record<Exclude<Mood, FixedMood>, string>> = {
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

/**
 * For whoever is hurt or threatened by others, or by fire: never composed either, and without a number, for which one helps depends on the country and on the danger.
 * Each is short enough for every network, and fits a child as well as a wife.
 */
const safetyLines: Readonly<Record<string, string>> = {
  en: 'I am only a bot, and this is no joke. If there is danger now: get somewhere safe if you can, and call your local emergency number. If not, please tell somebody you trust today, or a helpline near you. You deserve to be safe.',
  fr: 'Je ne suis qu’un robot, et ici on ne plaisante pas. S’il y a danger maintenant : mettez-vous à l’abri si possible et appelez les urgences. Sinon, parlez-en aujourd’hui à quelqu’un de confiance ou à une ligne d’écoute. Vous avez le droit d’être en sécurité.',
  de: 'Ich bin nur ein Bot, und das hier ist kein Spaß. Bei Gefahr jetzt: Bring dich in Sicherheit, wenn du kannst, und ruf den Notruf. Sonst sprich bitte heute mit jemandem, dem du vertraust, oder mit einer Beratungsstelle. Du hast ein Recht darauf, sicher zu sein.',
  es: 'Solo soy un bot, y esto no es para bromas. Si hay peligro ahora: ponte a salvo si puedes y llama a emergencias. Si no, cuéntaselo hoy a alguien de confianza o a una línea de ayuda. Mereces estar a salvo.',
  pt: 'Sou só um robô, e isto não é para piadas. Se há perigo agora: vá para um lugar seguro, se puder, e ligue para a emergência. Se não, conte hoje a alguém de confiança ou a uma linha de apoio. Você merece estar em segurança.',
  it: 'Sono solo un bot, e qui non si scherza. Se c’è pericolo adesso: mettiti al sicuro, se puoi, e chiama il numero di emergenza. Altrimenti parlane oggi con una persona fidata o con un centro d’ascolto. Hai diritto a essere al sicuro.',
  nl: 'Ik ben maar een bot, en dit is geen grap. Is er nu gevaar: ga naar een veilige plek als dat kan en bel het alarmnummer. Zo niet, vertel het vandaag aan iemand die je vertrouwt of aan een hulplijn. Je hebt recht op veiligheid.',
  ja: '私はただのボットですが、冗談にはしません。今危険なら、できれば安全な場所へ逃げて、緊急通報をしてください。そうでなくても、今日、信頼できる人か相談窓口に話してください。あなたは守られるべき人です。',
  pl: 'Jestem tylko botem, a to nie są żarty. Jeśli grozi ci coś teraz: schroń się, jeśli możesz, i zadzwoń na numer alarmowy. Jeśli nie, powiedz o tym dziś komuś zaufanemu albo zadzwoń do telefonu zaufania. Masz prawo być bezpiecznie.',
  ru: 'Я всего лишь бот, и это не повод для шуток. Если опасно прямо сейчас: по возможности уйдите в безопасное место и позвоните в экстренную службу. Если нет, расскажите сегодня тому, кому доверяете, или на линию помощи. Вы имеете право на безопасность.',
  tr: 'Ben sadece bir botum ve bu şaka konusu değil. Şu anda tehlike varsa: mümkünse güvenli bir yere git ve acil yardım numarasını ara. Yoksa bugün güvendiğin birine ya da bir destek hattına anlat. Güvende olmak hakkın.',
  ar: 'أنا مجرد روبوت، وهذا ليس موضع مزاح. إن كان الخطر الآن: اذهب إلى مكان آمن إن استطعت، واتصل برقم الطوارئ في بلدك. وإلا فأخبر اليوم شخصا تثق به أو خط مساعدة. من حقك أن تكون في أمان.',
  hi: 'मैं सिर्फ़ एक बॉट हूँ, और यह मज़ाक की बात नहीं है। अगर अभी ख़तरा है: हो सके तो सुरक्षित जगह जाएँ और आपातकालीन नंबर पर फ़ोन करें। नहीं तो आज ही किसी भरोसेमंद व्यक्ति या हेल्पलाइन को बताएँ। सुरक्षित रहना आपका हक़ है।',
};

/** `own`: the operator's lines, by language; no voice has a say in it. */
export const helpLine = (language: string, own: Readonly<Record<string, string>> = {}): FixedLine => lineIn(language, { ...helpLines, ...own });

export const safetyLine = (language: string): FixedLine => lineIn(language, safetyLines);

interface FixedLine {
  readonly text: string;
  readonly language: string;
}

function lineIn(language: string, lines: Readonly<Record<string, string>>): FixedLine {
  const tag = Object.hasOwn(lines, language) ? language : 'en';
  return { text: lines[tag] ?? '', language: tag };
}
