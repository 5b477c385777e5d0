// The cheap half of telling a language: where its small words are all over a text, and nobody else's, nothing has to be detected.

const small: Readonly<Record<string, string>> = {
  en: 'the and of to is it that you for was with are this but not have they be at from or what an by your which who will would there can if when than been its has had his her their them were about out up just only how where every a i in on as no so do my we me all one still been more because than too very even into after before never always nobody somebody yes',
  fr: 'le la les des et est une un que qui dans pour pas sur avec ce cette il elle au aux du ne se par plus mais ou vous nous je sont c d l qu n s y être fait deux tout comme sans sous leur son sa ses à j on en de a été même très bien quand si rien encore ça ont',
  de: 'der die das und ist nicht ein eine mit auf den dem von zu sich es ich sie im für auch als wie an bei nur noch aber aus nach so dass wird hat man um einen einem einer wenn oder vor zum zur kein keine am in er wir du war mal schon mehr sind des bis was ja niemand immer sein haben über',
  es: 'el la los las de que y en un una por con no se para su es lo como más pero al del le ya si o está son sin sobre nadie este esta eso muy todo cuando hasta porque a me mi te tu ha han hay ni nada siempre nunca tiene desde',
  pt: 'o a os as de que e em um uma não para com por se mais do da dos das no na nos nas é ao à mas como foi ele ela você seu sua já são está sem tem isso muito quando só também ou eu me ainda nem ninguém pelo pela até nada sempre nunca',
  it: 'il la lo gli le di che e un una non per in con si è del della dei da ma al alla nel sono come più anche se ha i ci questo questa quando chi o tutto dopo solo mi ti l a delle nella hanno ancora mai sempre niente nessuno perché',
  nl: 'de het een en van is niet in op te dat die voor met zijn er aan om ook als bij maar nog of naar wel dan je ik we hij ze uit over door al geen heeft was wordt want u mijn zo wat niemand altijd nooit deze dit hebben kan',
  pl: 'i w z na się nie to że do jest jak ale po co za od o a tak już czy dla tylko przez był była są być może ma jego jej ich bo ten ta te tego tym który która które jeszcze nikt nigdy zawsze by u ze więc ani gdy',
  cs: 'a v z na se je to že do jak ale po co za od o s i k u ve ze si jsem jsou byl byla bylo být má ještě už jen pro podle který která které tak ten ta nikdo nikdy vždy ani když nebo by není kdo než mu ho',
  sv: 'och i att det som en på är av för med den till inte har de om ett men var jag man så från vi kan när han hon ska eller bara också där mer vad nu sig än efter ingen alltid aldrig utan min din vid över',
  da: 'og i at det som en på er af for med den til ikke har de om et men var jeg man så fra vi kan når han hun skal eller kun også der mere hvad nu sig end efter ingen altid aldrig uden min din ved over blev',
  no: 'og i at det som en på er av for med den til ikke har de om et men var jeg man så fra vi kan når han hun skal eller bare også der mer hva nå seg enn etter ingen alltid aldri uten min din ved over ble',
  fi: 'ja on ei se että en oli mutta kuin niin ovat hän myös jos vain tai kun ole sen mitä nyt vielä joka jo siitä minä sinä me te he tämä mikä kuka aina koskaan kukaan ilman olla siis sitten sitä joku eikä kanssa vaan jotka jolla jota hänen heidän meidän ollut olivat kuten koska vaikka ennen jälkeen eli eivät voi pitää siellä täällä missä mistä miksi milloin tämän tätä nämä ne niitä kaikki mitään enemmän liian oikein juuri',
  tr: 've bir bu da de için ile ne o çok daha gibi en ama var mı mi mu mü olan kadar değil yok her ben sen biz siz diye sonra hiç ki şey kimse bile ise hem ya olarak bunu artık sadece neden',
  hu: 'a az és hogy nem egy is ez van volt de csak meg ki mint már még el ha mert vagy nincs én te mi ők ami aki minden senki soha mindig lesz akkor azt ezt sem itt ott pedig után',
  ro: 'și în a de la cu nu o un pe că este din se pentru mai care sunt dar ce am are ca sau fi fost au ai le lui ei nici nimeni când dacă doar tot asta prin până după',
  id: 'yang dan di ini itu dengan untuk tidak dari dalam akan pada juga ke karena ada bisa saya kamu dia mereka kita atau sudah tapi hanya lebih oleh satu seperti belum masih jadi orang siapa apa tak para bukan kalau agar bagi bagaimana mengapa pernah selalu lagi sendiri setelah sebelum antara hingga sampai tentang jika dapat harus tetapi namun pun semua setiap sini sana situ begitu saja punya cuma biar malah justru',
  vi: 'và là của có không được trong cho một với này đã thì cũng các những người khi mà đến từ ra như vào để còn chỉ lại nên nhưng bạn tôi nó ai gì sẽ đang rồi vẫn nếu về',
  ru: 'и в не на что он с как это по но они мы вы ты я она а то все из у за от так о же бы для только его её их был была было быть уже ещё если когда или ни до нет кто чтобы даже никто никогда всегда к ли со это этот эта эти меня тебя нас вас мне тебе ему ей там где тут тоже очень можно нельзя без при после перед всё себя лишь ничего',
  uk: 'і в не на що він з як це по але вони ми ви ти я вона а то все із у за від так про ж би для тільки його її їх був була було бути вже ще якщо коли або ні до немає хто щоб навіть ніхто ніколи завжди й та є',
};

/** Near relatives of those, who share so many small words with one of them that they would pass for it. Nobody is surely in these. */
const kin: Readonly<Record<string, string>> = {
  ca: 'el la els les de que i en un una uns unes per amb no es s l d n al als del dels és són com més però si o està hi ha han he va van jo tu ell ella nosaltres això aquest aquesta molt tot tota tots quan fins perquè a em et li ho us ni res sempre mai té sense sobre ja també on qui què pel pels des entre m t ser fer li sóc ens seu seva més poc així',
  gl: 'o a os as de que e en un unha uns para con non se máis mais do da dos das no na nos nas é ao á como foi el ela eu ti nós seu súa xa son está sen ten iso moi cando só tamén ou me aínda nin ninguén polo pola ata nada sempre nunca por isto este esta todo todos hai ser pero cun cunha dun dunha lle lles nunha nun onde porque aquí',
  hr: 'i u je na se da ne za su s od o do iz kao što koji koja koje bi ali ili to sam si smo ste bio bila bilo biti ima već još samo kad kada ako nije nisu nema svi sve kako tko ko ga mu joj ih mi ti vi on ona ono oni po pa te a k bez pri nego ni nikad uvijek uvek nitko niko ništa ovo taj ta tu tako jer šta gdje gde treba može će ću nas vas me sa',
  sl: 'in je v na se da ne za so s z od o do iz kot ki kar kaj bi ali ampak to sem si smo ste bil bila bilo biti ima že še samo ko če ni niso nima vsi vse kako kdo ga mu jo jih mi ti vi on ona ono oni po pa ter a k h brez pri nič nihče nikoli vedno ta tako ker kje lahko tudi pred med pod me te bo bodo nas vas',
  af: 'die van en in is nie dat het n te op vir met wat om as hy sy ons ek jy jou my hulle aan by uit na ook maar nog of oor tot deur kan sal was word wees weer meer al so een daar hier geen niks niemand altyd nooit hierdie dit gaan moet mag toe nou net se want haar hom julle u',
  lt: 'ir yra į ne tai kad su iš o bet kaip ar jau dar tik buvo būti aš tu jis ji mes jūs jie jos mano tavo jo ko kas kur kada kai nes dėl už po per prie nuo iki be labai visi viskas niekas niekada visada gali reikia turi šis ši šio ta tas apie arba nei net jei ant',
  mk: 'и во не на дека со како тоа по но тие ние вие ти јас тој таа а се е сум си од за до така да би само ќе го ги му им беше бил била било биде веќе уште ако кога или ни нема кој која кои што зошто никој никогаш секогаш кон без при тука таму ме ми ја многу сега',
  be: 'і ў не на што ён з як гэта па але яны мы вы ты я яна а то ўсе у за ад так пра ж бы для толькі яго яе іх быў была было быць ужо яшчэ калі ці або ні да няма хто каб нават ніхто ніколі заўсёды й ёсць гэты мне вельмі і дзе',
};

/** Others, of which nobody needs to know more than whether a text is in them. */
const rarer: Readonly<Record<string, string>> = {
  sk: 'a v na sa je to že s z o do ako ale po čo za od k u vo zo ku si som sme ste sú bol bola bolo boli byť má nie len už ešte pre pri podľa ktorý ktorá ktoré ktorí tak ten tá nikto nikdy vždy ani keď alebo by kto než mu ho i aj však iba tiež tento táto toto tým tom tej tých mi ma ja ty on ona my vy oni ich jeho jej môže musí všetko všetci všetkom veľmi kde prečo bez cez teraz potom lebo pretože aby ktorého nič sme sem no',
  bg: 'и в не на че с как това по но те ние вие ти аз той тя то а се е са си от за до у така да би само ще го ги му им беше бил била било бъде вече още ако когато или ни няма кой който която които какво защото дори никой никога винаги към със без при през тук там ме ми я ѝ във след все ли',
  sr: 'и у је на се да не за су с са од о до из као што који која које би али или то сам си смо сте био била било бити има већ још само кад када ако није нису нема сви све како тко ко га му јој их ми ти ви он она оно они по па те а к без при него ни никад увек нико ништа ово овај тај та ту тако јер шта где треба може ће ћу нас вас ме после пре јесте нека сада зашто',
  is: 'og að í á er það sem ekki en við um til var með fyrir ég hann hún þú þið þeir þau af ef eða svo eins bara sér hvað hvar hver hvernig nú þá þegar líka frá eftir upp út inn mjög allt allir engin enginn aldrei alltaf hér þar þetta þessi þess því verið verður hafa hefur eru voru minn þinn sinn mín þín sín mér þér honum henni okkur ykkur einn ein eitt meira',
  ga: 'an na agus is ní a i ar le go do sé sí tá bhí mé tú siad muid sibh ach de ag nach gan sin seo mar má atá bhfuil raibh níl beidh bheith é í iad leis don den sa san ón faoi ó chun nó cad cén conas cá cé nuair freisin fós anois anseo ansin gach aon éigin leat liom agat agam aige aici duit dom dó di orm ort air uirthi féin eile riamh ea',
  cy: 'y yr r a ac yn n i o ar mae nid ddim oedd yw ydy bod wedi am gan gyda ond neu os fel hyn hynny dyna dyma pan beth pwy ble sut pam mor iawn hefyd eto nawr byth bob dim neb rhywun fi ti chi ni nhw hi ef fe eich ein eu fy dy ei roedd bydd fydd byddai sydd nad hwn hon yma yno â ag at dan dros trwy heb mewn wrth rhag',
  sw: 'na ya wa kwa ni la za katika kama hii hiyo huo huu hizi hizo yake yako yangu yetu yao wake wako wangu wetu wao si sio siyo hakuna kuna ila lakini au pia tu sana bado mimi wewe yeye sisi nani nini wapi lini gani vipi kwamba ili kila mtu watu moja leo sasa tena kabla baada hata bila ndiyo ndio hapana hapa pale kule alikuwa ilikuwa ana wana ina cha vya mwa kuwa',
  lv: 'un ir ka uz no ar par lai bet vai tas tā es tu viņš viņa mēs jūs viņi nav bija būs kas kā kad kur ja jau vēl tikai arī pie pēc pirms līdz bez ļoti viss visi nekad vienmēr nekas neviens kāds kāda šis šī to tad jo gan pat mani tevi man tev mums jums savu mūsu viens esmu esi esam',
  et: 'ja on ei et see oli aga kui ka ta ma me te nad mis kes kus siis nii või veel juba ainult välja oma seda selle sest ning enam väga kõik midagi keegi mitte alati iialgi kunagi pole olla oled olen olid mu su tema nende meie teie siin seal nagu kas miks kuidas ära üks peab saab vaid',
  eo: 'la kaj estas ne de en al mi vi li ŝi ni ili ĝi oni tio kio kiu ke sed aŭ por kun el pri sur ĉe ĉi tiu kiel kiam ĉar se nur jam ankoraŭ plu pli tre ĉiu ĉio neniam ĉiam nenio iu io tie kie do da per sen ol min vin lin mia via lia nia ilia esti estis',
};

const languages = [...Object.keys(small), ...Object.keys(rarer), ...Object.keys(kin)];
/** For each word the languages that have it, by their places. */
const homes = new Map<string, number[]>();
for (const [at, words] of [...Object.values(small), ...Object.values(rarer), ...Object.values(kin)].entries()) for (const word of new Set(words.split(' '))) homes.set(word, [...homes.get(word) ?? [], at]);
const nowhere: readonly number[] = [];

const smallWords = new Set(Object.values(small).flatMap(words => words.split(' ')));

/** Whether one of these languages has it among its small words; their relatives do not count. */
export const isSmallWord = (word: string): boolean => smallWords.has(word);

/** Of the language that has most of them: how many of these words are its small ones. What reads the same from both ends counts for neither. */
export function mostSmallIn(words: readonly string[]): number {
  const counts = Object.keys(small).map(() => 0);
  for (const word of words) for (const at of homes.get(word) ?? nowhere) if (at < counts.length) counts[at] = (counts[at] ?? 0) + 1;
  return Math.max(...counts);
}

/** Letters that only some of these write: a word with one of them is as good as a small one. */
const signs: readonly (readonly [languages: string, letters: string])[] = [
  ['pl', 'łąęśżźćń'], ['cs', 'řěů'], ['tr', 'ğış'], ['hu', 'őű'], ['ro', 'țșă'], ['pt', 'ãõ'], ['es gl', 'ñ'], ['de', 'ß'], ['sk', 'ľĺŕô'],
  ['uk', 'їєґ'], ['uk be', 'і'], ['be', 'ў'], ['ru be', 'ыэ'], ['mk', 'ѓќ'], ['mk sr', 'јљњ'], ['sr', 'ђћ'], ['is', 'þ'], ['lv', 'ļķģņ'], ['eo', 'ŝĉĝĵŭ'],
];
const writers = new Map(signs.flatMap(([names, letters]) => Array.from(letters, letter => [letter, names.split(' ').map(name => languages.indexOf(name))] as const)));
const anySign = new RegExp(`[${[...writers.keys()].join('')}]`, 'u');
const writersOf = (word: string): readonly number[] => [...new Set(Array.from(word, letter => writers.get(letter) ?? nowhere).flat())];

/** So much of a text is small words at least, where it is surely of one language. */
const share = 0.2;
/** So many of them at least that another language has not, and so many times as many as it has of its own. */
const telling = 3;
const lead = 2;

/** Who reads one of these reads the other. */
const twins: Readonly<Record<string, string>> = { da: 'no', no: 'da' };

/** Of a text's words: how many there are, how many are of this language, and for each one how many of ours it has not, and of its own that we have not. */
function count(language: string, text: string) {
  const own = languages.indexOf(language);
  const low = text.toLowerCase();
  const words = low.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const hasSigns = anySign.test(low);
  let ours = 0;
  // For each language: of ours that it has too, and of its own that we have not.
  const shared = languages.map(() => 0);
  const theirs = languages.map(() => 0);
  for (const word of words) {
    const at = homes.get(word) ?? (hasSigns && anySign.test(word) ? writersOf(word) : nowhere);
    const isOurs = at.includes(own);
    if (isOurs) ours += 1;
    const counts = isOurs ? shared : theirs;
    for (const each of at) counts[each] = (counts[each] ?? 0) + 1;
  }
  return { all: words.length, ours, apart: shared.map(each => ours - each), theirs };
}

const mayBeSure = new Set([...Object.keys(small), ...Object.keys(rarer)]);
const isOther = (language: string, other: string): boolean => other !== language && other !== twins[language];

/** Whether the beginning of a text is surely in this language. False says nothing. */
export function isSurelyIn(language: string, beginning: string): boolean {
  if (!mayBeSure.has(language)) return false;
  const { all, ours, apart, theirs } = count(language, beginning);
  const isLed = (at: number): boolean => (apart[at] ?? 0) >= telling && (apart[at] ?? 0) >= lead * (theirs[at] ?? 0);
  return ours >= 5 && ours >= all * share && languages.every((other, at) => !isOther(language, other) || isLed(at));
}

/** Whether it may well be in this language: it has some of its small words, and no other language has more that are its own. */
export function isLikelyIn(language: string, beginning: string): boolean {
  if (!mayBeSure.has(language)) return false;
  const { ours, apart, theirs } = count(language, beginning);
  return ours >= 2 && languages.every((other, at) => !isOther(language, other) || (apart[at] ?? 0) >= (theirs[at] ?? 0));
}
