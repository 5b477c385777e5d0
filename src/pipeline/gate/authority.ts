// Who the bot is not: somebody with a name, a trade, an office or a family, a firm's helpdesk, the one who runs it. And what such people want: that somebody pays, proves who he is, or obeys.
import { either } from './either.ts';
import { says } from './phrases.ts';

/** Offices and people that are said to be speaking, in lower case. */
const offices = either(String.raw`
  office|agency|authority|department|ministry|bank|police|court|council|support|team|staff|helpdesk|help desk|safety|security|admin
  administrator|moderators?|moderation|mods?|commission|service|services|service notice|official|headquarters|management|hospital|clinic
  embassy|customs|revenue|operator|owner|developer|ceo|mayor|president|finanzamt|polizei|bundesamt|ministerium|verwaltung|behörde
  kundendienst|préfecture|mairie|impôts|police nationale|gendarmerie|banque|ministère|direction|hacienda|policía|ayuntamiento|ministerio
  banco|agencia tributaria|receita federal|polícia|prefeitura|ministério|suporte|agenzia delle entrate|polizia|comune|ministero|banca
  assistenza|belastingdienst|politie|gemeente|klantenservice|urząd|policja|полиция|банк|администрация|поддержка|налоговая|警察|国税庁|市役所|運営
  事務局|公安|官方|客服|경찰|국세청|운영자|الشرطة|البنك|الدعم
  coastguard|fire brigade|fire service|water board|water company|town hall|press office|met office|embassy|feuerwehr|küstenwache|wasserwerk
  rathaus|presseamt|gesundheitsamt|pompiers|garde-côtes|service de presse|bomberos|protección civil|bombeiros|defesa civil|vigili del fuoco
  protezione civile|guardia costiera|brandweer|kustwacht|waterbedrijf|straż pożarna|wodociągi|hasiči|мчс|минздрав|водоканал|пожарная служба
  дснс|消防|海上保安庁|소방서|해경|消防局|卫生局
`);
const callers = either(String.raw`
  owner|admin|administrator|moderator|mod|developer|dev|operator|creator|founder|ceo|boss|manager|dispatch|police|officer|nurse|doctor
  dr|support|helpdesk|help desk|staff|security|bank|team|mum|mom|dad|grandma|grandpa|teacher|mayor|president|captain|sergeant|agent
  lawyer|volunteer|reporter|journalist|witness|human|person|control|hr|it department
`);

/** A label in front: an office that is said to be speaking, or somebody's name. */
const labels = new RegExp([
  String.raw`^\W{0,3}(?:[\p{L}&'’.-]+ ){0,4}(?:${offices})(?: (?:notice|alert|reply|statement|message|announcement|team|update|here|\p{L}{2,}))?\s?[:：]\s`,
  String.raw`(?:^|[.!?\n]\s{0,3})(?:\p{L}[\p{L}'’&-]*\s){0,3}(?:${callers})\s(?:\p{L}[\p{L}'’-]+\s){0,2}(?:here|speaking)\s?[,.:;!—–-]`,
  String.raw`(?:^|[,.!?;:—–-]\s{0,3})(?:and |so |definitely |really |i swear |honestly )?(?:not|no) (?:a |an )?(?:bot|robot|ai|machine)(?:[,.!?]|$)(?!\s*(?:but|just a program))`,
].join('|'), 'u');

/** The same where a capital letter makes the name. */
const named = new RegExp([
  String.raw`(?<![\p{L}])(?:I['’]?m|I am|This is|Je suis|J['’]suis|Soy|Sou|Sono|Ik ben|Jestem|Ben|Jag är|Jeg er|Ich bin(?= (?:Dr|Herr|Frau|Prof)))\s(?:(?:Dr|Mr|Mrs|Ms|Prof|Herr|Frau|Sir|Lady|Officer|Sergeant|Detective|Nurse|Doctor|Captain|Father|Sister|Agent|Judge|President|Mayor|Senator|Pope|King|Queen|Saint)\.?\s\p{Lu}|\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+)`,
  String.raw`(?<![\p{L}])I['’]?m \p{Lu}\p{Ll}+(?:,| from| and I)(?! a bot| an? automated| the bot| your bot)`,
  String.raw`^(?:(?:[Hh]ey|[Oo]k|[Oo]kay|[Hh]i|[Hh]ello)[ ,]+)?(?:[Ss]iri|[Aa]lexa|[Gg]oogle|[Cc]ortana|[Bb]ixby|[Gg]rok|[Cc]hat ?GPT|[Cc]opilot|[Gg]emini|[Cc]laude)[,:]\s\p{Ll}`,
  String.raw`(?:^|[.!?\n]\s{0,3})(?:\p{Lu}[\p{L}'’-]+\s){2,3}here[,.:;!]`,
  String.raw`(?:^|[.!?\n]\s{0,3})(?:I|Ich|Je|Yo|Eu|Io|Ik),\s(?:the\s|der\s|die\s|le\s|la\s|el\s|o\s|il\s)?\p{Lu}\p{L}+(?:\s[\p{Lu}\p{N}][\p{L}\p{N}]*){0,3},`,
  String.raw`(?:^|[.!?\n,]\s{0,3})(?:[Ii]t['’]s|[Tt]his is|[Hh](?:i|ello|ey),? I['’]m)\s\p{Lu}\p{L}+,\s(?:not a bot|not a robot|a (?:real|human|person|guy|girl|man|woman|volunteer)|your|love|dear|honey|babe)`,
].join('|'), 'u');

/** Whether it speaks as somebody who it is not, or for money; `words` are those of the text. */
export const speaksAsSomebody = (text: string, words: string): boolean => says('posing', words) || labels.test(text.toLowerCase()) || named.test(text);
