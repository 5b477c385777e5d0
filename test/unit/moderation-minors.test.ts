// Desire and minors in one sentence: refused as a draft, in every language of the list; each of the two words alone may be said.
import { describe, expect, it } from '@jest/globals';
import { moderation, openModeration } from '../../src/moderation/index.ts';

const moderate = openModeration(moderation.settings.parse({}), { userAgent: 'test', say: () => undefined });
const verdict = (text: string, language: string) => moderate([text], 'draft', language);

/** Mild words on purpose: what is tried is that two of them meet, also apart, and not how bad they are. */
describe('a word for desire and one for a minor in one sentence', () => {
  it.each([
    ['en', 'A child is called sexy here.', 'The old ferry is called sexy here.', 'A child is on the ferry.'],
    ['en', 'They call a fifteen or 15-year-old on the poster seductive.', 'They call the poster seductive.', 'A 15-year-old drew the poster.'],
    ['fr', 'On dit une enfant, sur le bac, sexy.', 'On dit le bac, tout repeint, sexy.', 'Une enfant est sur le bac.'],
    ['de', 'Ein Kind nennt man hier sexy.', 'Die Fähre nennt man hier sexy.', 'Ein Kind ist auf der Fähre.'],
    ['es', 'A una niña la llaman aquí sexy.', 'A la lancha la llaman aquí sexy.', 'Una niña va en la lancha.'],
    ['pt', 'Chamam aqui uma criança de sexy.', 'Chamam aqui a balsa de sexy.', 'Uma criança está na balsa.'],
    ['it', 'Qui una bambina viene detta sexy.', 'Qui la nave viene detta sexy.', 'Una bambina è sulla nave.'],
    ['nl', 'Een kind heet hier zomaar sexy.', 'De pont heet hier zomaar sexy.', 'Een kind staat op de pont.'],
    ['pl', 'Dziecko nazywają tu seksownym.', 'Prom nazywają tu seksownym.', 'Dziecko jest na promie.'],
    ['ru', 'Ребёнка здесь называют словом сексуальный.', 'Паром здесь называют словом сексуальный.', 'Ребёнок сидит на пароме.'],
    ['tr', 'Burada bir çocuk için seksi diyorlar.', 'Burada vapur için seksi diyorlar.', 'Bir çocuk vapurda oturuyor.'],
    ['sv', 'Ett barn kallas här för sexig.', 'Färjan kallas här för sexig.', 'Ett barn sitter på färjan.'],
    ['ja', '子どもがセクシーと呼ばれています。', '船がセクシーと呼ばれています。', '子どもが船に乗っています。'],
    ['zh', '有人说孩子性感。', '有人说渡轮性感。', '孩子在渡轮上。'],
    ['ko', '여기서는 아이들 보고 섹시하다고 합니다.', '여기서는 배 보고 섹시하다고 합니다.', '아이들 여럿이 배에 있습니다.'],
    ['hi', 'यहाँ बच्चे को सेक्सी कहा जाता है।', 'यहाँ नाव को सेक्सी कहा जाता है।', 'एक बच्चा नाव पर है।'],
  ])('%s: %s', async (language, both, desire, minor) => {
    expect(await verdict(both, language)).toMatch(/^(?:it speaks of desire and of minors|'.+' is on the word list)$/u);
    expect([await verdict(desire, language), await verdict(minor, language)]).toEqual([undefined, undefined]);
  });

  it('is found next to each other for whatever others write, too', async () => {
    for (const [language, text] of [['en', 'sexy kids'], ['fr', 'enfants sexy'], ['de', 'sexy Kinder'], ['es', 'niña sexy'], ['it', 'bambina sexy'], ['nl', 'sexy kinderen'], ['pt', 'criança sexy']] as const) {
      expect([text, await moderate([text], 'asked', language)]).toEqual([text, expect.stringContaining('is on the word list')]);
    }
  });

  it('is not seen in two sentences, in parts of words, or in what the news report', async () => {
    for (const text of ['The poster is sexy. The children sail at noon.', 'Kidneys are not sexy, and kidding is.', 'The court spoke of abuse of children.', 'The emperor wears nothing, said the child.']) {
      expect([text, await verdict(text, 'en')]).toEqual([text, undefined]);
    }
  });
});
