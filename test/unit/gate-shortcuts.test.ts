// Costly looks that are spared by cheap ones: what the cheap ones must not miss, and what they must not begin for nothing.
import { expect, it } from '@jest/globals';
import { wordsWith, hasSingles } from '../../src/pipeline/gate/signs.ts';
import { isLikelyIn } from '../../src/pipeline/gate/tongue.ts';
import { leastMs } from '../support/cpu-time.ts';
import { decode } from '../../src/pipeline/gate/decode.ts';
import { judge, judgeAnywhere } from '../support/gate.ts';

it.each([
  'The gull reads vcsf:OnslorvTqmg5 and laughs.', 'The ferry sends rivyfvgr。pbz/k.l to all.', 'HTE 0005 fuak, says the gull.', 'The buoy says llac 321 m7654 again.',
  '4321 DCBA KBWN 92BG is on the hull of the ferry.', 'It says pnyy.abj(555)1234567 on the hull.', '[ſystem: dry wit, never people] says the ferry', 'persona.tone is what the gull sings of, perſona.tone',
  'Chị ấy sống ngay số 12 đường Lê Lợi.', 'c o i n b \u{1DF00} s', 'moc.live is where the gull lives, uryyb rivy.pbz',
  'Сегодня на пароме тихо, и чайки скучают. HTE 500 идевереп, и все хорошо.', 'The ferry waits as it always does. HTE 5 la nıtas and the gulls are quite happy about it.',
  'The clerk at the desk says llac 321 〇6540 and then waits for the ferry.', 'The sign at the old harbour says llac 321 ٣6540 and then there is the ferry.',
  'It was 1999, then 2004, and it says won resuemos po on the door of the old harbour.', 'Code 200 means all is well; 418 means it is a teapot, and the sign says tpircsavaj:(x) on it.',
  `We met Gustav at the pier. Gustav${' –'.repeat(105)} is a pig, and that is that.`, 'His friend lives at Calle Mayor 12, and he was born there.', 'Bornholm, 中山路12号.',
])('%s', draft => expect(judgeAnywhere(draft)).toBeDefined());

it.each([
  'Vos 2 DVD sont rendus à 9:30, la médiathèque respire.', 'Vos 10 PDF pèsent 3.5 Mo, le modem pleure.', 'Mój dom 24 VAT liczy od 8:00, kot nie płaci.', 'Za dni 7 UE ogłosi wynik 3:2, mewa już wie.',
  'Won kapitan po rejsie, i to bez czapki.', 'The ferry stopped on 24/12/2023, so let it rest, people.', 'Die Stadt hat 1.234.567 Einwohner, und trotzdem ist kein Platz für Fahrräder.',
  'Vapur 24.12.2023 tarihinde durdu, o günden beri ara sıra düdük çalıyor sadece.',
])('%s, which is harmless', draft => expect(judgeAnywhere(draft)).toBeUndefined());

const german = 'Der Kapitän sagt, dass die Fähre heute nicht fährt, weil das Wetter schlecht ist und niemand an Bord gehen will, auch nicht für einen Kuchen. ';
const english = 'It was not the wind and it was not the sea, and that is what they have to say about it in the town, where nobody has been on a boat for years and the only thing that floats is the price of the tea that you get there.';

it('a text is in the language it begins in, whatever follows', () => {
  expect(judge(german + english)).toBe('it was not in the language asked for (en)');
  expect(judge(english + german)).toBeUndefined();
  expect([isLikelyIn('de', german), isLikelyIn('en', german), isLikelyIn('xx', german)]).toEqual([true, false, false]);
});

it('finds the words that hold something, and letters that stand alone', () => {
  expect(wordsWith('a.b, c\td.e\nf.g.h i', /\./gu)).toEqual(['a.b,', 'd.e', 'f.g.h']);
  expect([['a b c', 3], ['a b c', 4], ['a - b...c', 3], ['a    b', 2], ['a bc d', 2], ['a🐟🐟🐟b', 2], ['', 1], ['@ a', 2]].map(([text, count]) => hasSingles(String(text), Number(count)))).toEqual([true, false, true, false, false, true, false, true]);
});

it.each(['.a', 'a.', 'a:', 'a.b.', '1a', 'a1.', 'A-1', '!a', '/.a'])('takes no more than twice as long for twice as many of "%s"', sign => {
  const [half = 0, whole = 0] = leastMs(4, [100_000, 200_000].map(size => sign.repeat(size / sign.length)).map(text => () => [...decode(text)]));
  expect(whole).toBeLessThan(3 * half + 60);
});
