// The cheap half of telling a language may be unsure, never wrong: what it calls sure is not looked at again.
import { expect, it } from '@jest/globals';
import { isSurelyIn } from '../../src/pipeline/gate/tongue.ts';

const all = ['en', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'pl', 'cs', 'sv', 'da', 'no', 'fi', 'tr', 'hu', 'ro', 'id', 'vi', 'ru', 'uk', 'sk', 'ca', 'gl', 'hr', 'sl', 'af', 'lt', 'bg', 'mk', 'be', 'sr', 'is', 'ga', 'cy', 'sw', 'lv', 'et', 'eo'];

it.each([
  ['sk', 'To je ale na tom, že sa to nedá, a tak je to po celý čas, ak do toho nikto nejde, a je to za nami, no to je už po všetkom, ako vždy.'],
  ['sk', 'Neviem, či sa to dá, ale v meste je to po novom tak, že na vlak sa čaká aj hodinu a nikto ti nepovie, kedy a od kiaľ to pôjde.'],
  ['ca', 'El gat de la casa no es mou, i el gos que viu en el pis de dalt no para de bordar en tot el dia per la finestra de la cuina, que no es tanca mai.'],
  ['ca', 'No es pot dir que el tren de la costa sigui ràpid, però si un dia arriba a l’hora tota la ciutat en parla, i la premsa del dia en fa un suplement.'],
  ['gl', 'O gato da casa non se move, e o can que vive no piso de arriba non para de ladrar por a fiestra da cociña, que non se pecha nunca, como sempre foi.'],
  ['gl', 'A xente da vila non se cansa de agardar o tren, que nunca chega á súa hora, e o xefe da estación di que é por mor do vento e das vacas.'],
  ['hr', 'To je tako i ne može se ništa, a i on je za to da se na to gleda kao na nešto što je po sebi dobro, pa tko voli neka izvoli, do sutra je sve u redu.'],
  ['sl', 'To je za nas na koncu tako in tako, in če se v tem mestu še kdo ne boji za to, kar je po vseh letih od tega ostalo, naj se mi javi do jutri.'],
  ['af', 'Die kat is nie in die huis nie, en die hond van die bure is al weer op die dak, want hy kan nie meer met die ander een in een kamer wees nie.'],
  ['bg', 'Той не е от тук и не знае как се ходи по улицата, но на него му е все едно, а и ние не знаем за какво е това и кой е той, та така.'],
  ['mk', 'Тоа не е за нас, но и не е од вчера, па кога ќе дојде некој да ни каже што е, ние ќе бидеме таму каде што и сме, а тој нека си оди по својот пат.'],
  ['be', 'Гэта не так і далёка, але калі б ты не казаў, што за ракой нікога няма, то мы б і не пайшлі туды, а яно бачыш як: і хата, і людзі, і сабака.'],
  ['sr', 'Нико не зна зашто воз касни, али када коначно стигне, то је за град догађај о коме се прича још недељу дана, као да је реч о поплави.'],
  ['lv', 'Neviens nezina, kāpēc vilciens kavējas, bet, kad tas beidzot ir klāt, par to visi runā vēl nedēļu, un arī avīzes tad raksta tikai par to.'],
  ['et', 'Keegi ei tea, miks see rong hilineb, aga kui ta lõpuks tuleb, siis räägib kogu linn sellest veel nädal aega, ja ajaleht ka, nagu oleks see ime.'],
])('is not led by %s to take it for a relative', (language, text) => {
  expect(all.filter(each => each !== language && isSurelyIn(each, text.slice(0, 240)))).toEqual([]);
});

it.each([
  ['cs', 'Nikdo neví, proč ten vlak jede tak pomalu, ale když už přijede, je to událost, o které se ve městě mluví ještě týden.'],
  ['es', 'No sé si el tren llega hoy, pero la estación está llena y nadie se queja, que es lo más raro que he visto en este país.'],
  ['pt', 'Não sei se o comboio chega hoje, mas a estação está cheia e ninguém se queixa, o que é mesmo muito estranho por cá.'],
  ['nl', 'Niemand weet waarom de trein zo langzaam rijdt, maar als hij er eindelijk is, dan praat de hele stad er nog een week over.'],
  ['ru', 'Никто не знает, почему этот поезд едет так медленно, но когда он всё же приходит, о нём говорят в городе ещё неделю.'],
  ['uk', 'Ніхто не знає, чому цей потяг їде так повільно, але коли він таки приходить, про нього в місті говорять ще тиждень.'],
  ['pl', 'Nikt nie wie, dlaczego ten pociąg jedzie tak wolno, ale kiedy już przyjedzie, to w mieście mówi się o nim jeszcze przez tydzień.'],
  ['sk', 'Nikto nevie, prečo ten vlak ide tak pomaly, ale keď už príde, je to udalosť, o ktorej sa v meste hovorí ešte týždeň, a noviny tiež.'],
  ['bg', 'Никой не знае защо влакът закъснява, но когато най-после дойде, в града се говори за това още една седмица, а вестникът пише само за него.'],
  ['sr', 'Нико не зна зашто воз касни, али када коначно стигне, то је за град догађај о коме се прича још недељу дана, као да је реч о поплави.'],
  ['is', 'Enginn veit hvers vegna strætó er alltaf of seinn, en þegar hann kemur er það frétt sem bærinn talar um í viku, og þá er líka mynd af honum.'],
  ['ga', 'Níl a fhios ag aon duine cén fáth a bhfuil an traein mall, ach nuair a thagann sí is scéal mór é, agus bíonn an baile ar fad ag caint faoi go ceann seachtaine.'],
  ['cy', 'Does neb yn gwybod pam mae’r trên yn hwyr, ond pan fydd yn cyrraedd mae’n newyddion mawr, ac mae pawb yn y dref yn siarad am hyn am wythnos.'],
  ['sw', 'Hakuna mtu anayejua kwa nini treni imechelewa, lakini ikifika ni habari kubwa, na watu wa mji huo wanaongea juu yake kwa wiki moja, kama ni sikukuu.'],
  ['lv', 'Neviens nezina, kāpēc vilciens kavējas, bet, kad tas beidzot ir klāt, par to visi runā vēl nedēļu, un arī avīzes tad raksta tikai par to.'],
  ['et', 'Keegi ei tea, miks see rong hilineb, aga kui ta lõpuks tuleb, siis räägib kogu linn sellest veel nädal aega, ja ajaleht ka, nagu oleks see ime.'],
  ['eo', 'Neniu scias, kial la trajno malfruas, sed kiam ĝi fine venas, tio estas granda novaĵo, kaj ĉiuj en la urbo parolas pri ĝi dum tuta semajno.'],
])('is sure of %s', (language, text) => {
  expect(all.filter(each => isSurelyIn(each, text))).toEqual([language]);
});
