// Words that name no topic, per language, folded to lower case without accents, apostrophes as spaces.
// They tell what a question is about (the words that are left) and, being a language's most frequent words, which language it is in.

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

/** Grammar, question words, greetings, talk about talking, and opinions: what every question is made of. */
export const functionWords: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list(`a an the this that these those and or but nor so if then than as at by for from in into of off on onto out over to up with without about
    after before again against between through during until below down is am are was were be been being do does did doing done have has had having can could will would
    shall should may might must i me my mine myself you your yours yourself he him his she her hers it its we us our ours they them their theirs who whom whose which what
    when where why how all any both each few more most other another some such no not only own same too very just also even ever never still yet already really actually
    because while though although let lets get gets got getting go goes gone come comes coming make makes made say says said saying tell tells told know knows
    known think thinks thought thoughts see sees seen look looks looking want wants need needs like likes one ones thing things stuff something anything nothing everything bit
    lot lots much many way well right ok okay yes yeah nope please thanks thank hi hello hey dear ll ve re don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn
    haven true false real fake good bad best better worse great nice funny new mean means meant opinion explain summary summarise summarize comment believe keep keeps
    keeping give gives gave take takes took taking there here hear heard hears sure maybe around bot joke sum tldr seriously honestly word words feel s t m d
    went again roast tease running runs run late early open opened closed expensive cheap safe dangerous broken dead alive ready worth crazy insane weird stupid fair happened
    exactly possible people point deal case idea reason kind sort used use actual last next first soon long old big small wow lol omg hmm erm um story stories
    legal illegal allowed forbidden banned guilty innocent famous angry happy sad cute smart dumb evil overrated underrated necessary normal serious ridiculous hilarious important interesting exciting fun entertaining juicy mad upset excited obsessed worked fussing pretty super quick quickly whose stole ate won did check fact facts verify confirm though settle problem problems half favourite favorite across terrible awful`),
  fr: list(`le la les un une des du de d l au aux et ou mais donc ni car que qu qui quoi quel quelle quels quelles dont est sont suis es sommes etes etait etaient
    sera serait ete etre ai as a avons avez ont avait avoir j je tu il elle on nous vous ils elles me te se s m t c ce cet cette ces ca cela ceci moi toi lui leur leurs mon ma mes
    ton ta tes son sa ses notre nos votre vos ne n pas plus moins tres trop peu bien mal bon bonne mieux si oui non y en dans sur sous avec sans pour par vers chez entre apres avant
    comme comment pourquoi combien quand ou alors aussi encore deja jamais toujours meme tout toute tous toutes rien quelque chose choses fait faire fais font faut peut peux veut veux
    doit dois va vais vas vont dit dire dis sais sait savoir pense penses pensez penser crois croire vois voir parle parles salut bonjour bonsoir coucou merci svp plait stp
    vrai vraie faux vraiment serieux serieusement avis propos sujet ici la bas est ce dis moi explique expliquer resume blague drole nouveau nouvelle genre truc trucs gens allez hein
    idee cher chere chers cheres gratuit dangereux sur ouvert ouverte ferme fermee fini raison sens point dernier derniere prochain grand grande petit petite fou folle bizarre mdr lol ah oh histoire histoires affaire affaires
    legal legale illegal illegale permis interdit interdite coupable normal normale ridicule triste important necessaire bizarre utile interessant interessante interessants drole marrant marrante cool chouette alors hop beau belle enerve enerves dernieres derniers ouais bof quoi`),
  de: list(`der die das den dem des ein eine einen einem einer eines und oder aber denn sondern wenn dass weil ob als wie wer was wen wem wessen wo wann warum wieso weshalb welche
    welcher welches ist sind bin bist seid war waren wird werden wurde worden hat habe hast haben hatte hatten kann kannst konnen konnte soll sollen sollte muss mussen will wollen wollte
    darf mag mochte ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch ihnen sich mein meine meinen meiner dein deine deiner sein seine ihre ihren unser unsere euer kein keine keinen nicht nichts
    auch noch nur schon sehr so zu zum zur im in an am auf aus bei beim mit nach von vom vor fur uber um unter durch gegen ohne bis seit hier da dort dann mal doch ja nein ganz etwas alle
    alles viel viele mehr man dies diese dieser dieses diesen jetzt immer nie wieder eigentlich wirklich ernsthaft gut schlecht besser macht machen mach gibt geben geht gehen kommt sagt sagen sag sagst weiss wissen
    weisst denkst denken denke meinst meinung glaube glaubst findest finde hallo hi moin servus danke bitte stimmt wahr falsch echt erklar erklare erklaren sache sachen ding dinge neu neues rein raus halt eben
    haltst halten teuer teurer billig kaputt offen geschlossen gefahrlich sicher spat fruh richtig wichtig lustig verruckt komisch woruber wovon woran womit davon dazu daruber rund
    letzte nachste gross grosse klein kleine idee grund oh ach haha ab geschichte geschichten
    legal illegal erlaubt verboten schuldig unschuldig normal lacherlich traurig notig schlimm sinnvoll irgendwas irgendwelche spannend spannendes spannende interessant interessantes interessante lustiges witziges cool cooles hab na tut lauft tun bring zeig schones ruhig sonst erzahl erzahle getan`),
  es: list(`el la los las un una unos unas lo al del de y e o u pero sino que quien quienes cual cuales como cuando donde cuanto cuanta cuantos porque si es son soy eres somos era eran fue
    sera ser estar esta estan estoy estas estaba ha han he has hay haber hacer hace haces hago hizo puede puedo puedes poder quiere quiero quieres debe va van voy vas ir yo tu el ella nosotros
    vosotros ustedes usted ellos ellas me te se nos os le les mi mis tus su sus nuestro nuestra vuestro este estos ese esa eso esos esas esto aquel aquello no ni muy mas menos mucho mucha
    muchos poco tan tanto ya aun todavia tambien tampoco siempre nunca algo nada alguien nadie cada otro otra otros en con sin sobre por para entre hasta desde hacia segun tras ante bien mal
    bueno buena mejor peor verdad cierto mentira real serio dice decir dime di dices sabe sabes saber se cree crees creer creo piensas piensa pensar opinas opinion parece ver ves mira hola buenas
    gracias favor porfa explica explicame resumen chiste cosa cosas nuevo nueva cuenta cuentame vale pues aqui alli asi entonces acerca pasa que
    caro cara barato abierto cerrado peligroso seguro loco loca raro vez veces otra ultima grande pequeno idea razon jaja oh historia asunto
    legal ilegal permitido prohibido culpable inocente normal ridiculo triste importante necesario util interesante interesantes divertido divertida alguna algun algunas algunos dame ponme cuentanos ahi enfadado enfadada enfadados tranquilo da dan dio`),
  pt: list(`o a os as um uma uns umas ao aos do da dos das de no na nos nas em num numa por pelo pela para pra com sem sobre entre ate desde e ou mas que quem qual quais como quando onde
    quanto quantos porque por se sim nao nem e sao sou es somos era eram foi sera ser estar esta estao estou tem tenho tens temos ha ter fazer faz fazes fez pode posso podes quer quero deve vai vao vou
    ir eu tu ele ela nos voce voces eles elas me te lhe lhes meu minha meus minhas teu tua seu sua seus suas nosso nossa este esta isto esse essa isso aquele aquela aquilo muito muita muitos pouco
    mais menos tao ja ainda tambem sempre nunca algo nada alguem ninguem cada outro outra bem mal bom boa melhor pior verdade mentira serio real diz dizer diga sabe sabes saber acha achas achar acho
    pensa pensas parece ver ve olha ola oi obrigado obrigada favor explica explique resumo piada coisa coisas novo nova conta conte aqui ali assim entao fica ta to ne pois mesmo d
    caro cara barato aberto fechado perigoso seguro louco doido vez veces vezes grande pequeno ideia razao kkk rs oh beleza tudo historia houve caso
    legal ilegal permitido proibido culpado inocente normal ridiculo triste importante necessario util interessante interessantes divertido divertida algum alguma alguns algumas manda ai la calmo zangado zangada zangados legal fixe anda andam porque levou levaram gosta gostas graca quanto quantos`),
  it: list(`il lo la i gli le l un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla dai in nel nella nei nelle con su sul sulla sui per tra fra e ed o ma se che chi
    cosa cui quale quali come quando dove quanto quanti perche e sono sei siamo siete era erano fu sara essere ho hai ha abbiamo avete hanno avere stare sta stanno sto stai puo posso puoi potere vuole
    voglio vuoi deve devo va vanno vado vai andare fare fa fanno fai faccio fatto io tu lui lei noi voi loro mi ti si ci vi ne mio mia miei mie tuo tua suo sua suoi nostro vostro questo questa questi
    queste quello quella quelli non ne piu meno molto molta molti poco tanto gia ancora anche sempre mai qualcosa niente nulla qualcuno nessuno ogni altro altra bene male buono buona meglio peggio vero
    vera falso davvero serio dice dire dimmi dici sa sai sapere crede credi credo pensi pensa pensare penso sembra vedere vedi guarda ciao salve buongiorno grazie favore prego spiega spiegami
    riassunto battuta cose nuovo nuova qui li cosi allora pure proprio po poi d c s opinione
    caro cara aperto aperta chiuso chiusa pericoloso sicuro pazzo strano volta volte grande piccolo idea ragione ahah oh no si storia fine caso
    legale illegale permesso vietato colpevole innocente normale ridicolo triste importante necessario utile interessante interessanti divertente divertenti raccontami racconta dammi qual bello bella tranquillo arrabbiati arrabbiato qualche`),
  nl: list(`de het een en of maar want dus als dat die dit deze wie wat waar wanneer waarom hoe welke welk is zijn ben bent was waren wordt worden werd heeft heb hebt hebben had hadden kan kunt kunnen kon
    zal zullen zou moet moeten wil willen mag ik jij je u hij zij ze wij we jullie hen hun mij me jou hem haar ons mijn jouw zijn onze er hier daar niet geen niets iets alles alle veel weinig meer minder
    heel erg zo te in op aan bij met van voor over om onder uit naar tot door tegen zonder na ook nog al alleen maar wel eens toch dan nu altijd nooit weer eigenlijk echt serieus waar onwaar goed
    slecht beter leuk doet doen gaat gaan komt zegt zeggen zeg weet weten denk denkt denken denkje vind vindt vinden geloof hallo hoi dag bedankt dank graag alsjeblieft leg uit uitleggen samenvatting
    grap ding dingen nieuw nieuwe mening klopt toe eigen zoal s t n
    gebleven blijven blijft duur goedkoop open dicht gevaarlijk veilig gek raar laat vroeg keer weer groot klein idee reden haha oh verhaal
    legaal illegaal toegestaan verboden schuldig onschuldig normaal belachelijk zielig belangrijk nodig nuttig`),
  ja: list(`何 なに なん 誰 だれ どこ いつ なぜ どう どうして どれ どの どんな これ それ あれ この その あの ここ こと 事 もの 物 話 話し 話題 今 私 僕 俺 あなた 君 本当 ほんと マジ 嘘 教え 思い 思う 言っ 言う 言い
    人 的 中 方 前 後 時 者 気 意見 説明 冗談 新しい 良い 件 感じ 最近 最新 ください 下さい について という ところ みたい だろう でしょう ました ありがとう こんにちは こんばんは すごい どうなっ また もう とても やっぱり どっち どちら
    高い 高 高く 安い 安 すご どんな おもしろい 面白い 面白 楽しい ない すぎ みて ください なんか なにか 面白いこと 変わっ 変 どうした 教えて 噂`),
  zh: list(`什么 什麼 谁 誰 哪里 哪裡 怎么 怎麼 为什么 為什麼 这 這 那 的 了 吗 嗎 呢 是 不 我 你 他 她 我们 你们 大家 都 在 有 和 关于 關於 觉得 覺得 知道 说 說 看 事 事情 真的 假的 请 請 一下 现在 現在`),
  ko: list(`뭐 무엇 누구 어디 언제 왜 어떻게 이거 그거 저거 이것 그것 정말 진짜 나 너 우리 것 대해 대한 말 얘기 이야기 생각 해줘 알려줘 있어 있나요 뭐야
    얘기해 얘기하고 이야기해 이야기하고 말하고 말해 하고 해요 얘기해줘 이야기해줘 하니 하나요`),
};

/** What is said when no topic is named: news, today, everybody, going on, trending. */
export const openWords: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list(`news headline headlines today tonight tomorrow yesterday now currently lately recently week weekend morning afternoon evening day days latest trending trend trends
    popular viral hot everybody everyone everybodys everyones people folks anybody anyone somebody someone nobody world town talk talks talked talking chat chatting discuss discussing
    discussed going happening happen happens happened buzz buzzing gossip hype fuss drama topic topics timeline feed fediverse internet online monday tuesday wednesday thursday friday saturday sunday miss missed update updates catch whats sup wild rumour rumours rumor rumors weirdest craziest biggest funniest strangest latest laughing arguing fighting shouting mood bored boring`),
  fr: list(`actu actus actualite actualites info infos nouvelles aujourd hui aujourdhui maintenant ce matin soir semaine jour jours hier demain recemment actuellement tendance
    tendances monde gens tout raconte racontent raconter parle parlent parler discute discutent passe passent arrive neuf quoi buzz ragots sujet sujets ville bavarde bavardent bruit loupe rate lundi mardi mercredi jeudi vendredi samedi dimanche rumeur rumeurs potins journee ragot potin bazar raconte racontes racontez nouvelle rates rater manque interessant ennuie`),
  de: list(`nachricht nachrichten neuigkeit neuigkeiten neues schlagzeilen heute gerade aktuell aktuelles morgen gestern abend tag tage woche los passiert passieren trend trends trendet trendig
    leute alle jeder welt stadt reden redet spricht sprechen gesprach thema themen diskutieren diskutiert gesprochen verpasst erzahlt gibts momentan zurzeit klatsch aufregung montag dienstag mittwoch donnerstag freitag samstag sonntag geruchte irgendwas klatsch tratsch geredet lauft tages neueste neuesten bewegt regt treibt umtreibt passierte abgeht verpass langweilig`),
  es: list(`noticia noticias titulares actualidad hoy ahora ayer manana dia dias semana tarde noche ultimo ultima ultimas tendencia tendencias mundo todo todos todas gente habla hablan hablar
    hablando comenta comentan comentando cuentan pasa pasando pasado ocurre sucede novedad novedades tema temas cotilleo perdi ciudad pueblo onda lunes martes miercoles jueves viernes sabado domingo chisme chismes rumores perdido perdida jornada cotilleos acontece ocurrido sucedido raro enfadado novedoso aburro aburrido`),
  pt: list(`noticia noticias manchete manchetes atualidade hoje agora ontem amanha dia dias semana tarde noite manha ultimo ultimas tendencia tendencias mundo todo toda todos todas gente povo pessoal
    fala falam falar falando comenta comentam comentando conversa acontece acontecendo aconteceu rola rolando passa passando novidade novidades assunto assuntos tema temas fofoca perdi cidade segunda terca quarta quinta sexta feira sabado domingo boatos acontecer fofocas babado boato jornada perdido perdeu perdemos aconteceram comentar aborrecido aborrecida entediado entediada tedio`),
  it: list(`notizia notizie titoli attualita oggi adesso ora ieri domani giorno giorni settimana mattina sera stasera ultimo ultime ultima tendenza tendenze mondo tutti tutto tutta gente persone
    parla parlano parlare parlando discute discutono dicono succede succedendo successo accade novita argomento argomenti tema temi pettegolezzi perso citta giro lunedi martedi mercoledi giovedi venerdi sabato domenica voci gossip chiacchiere persa pettegolezzo giornata successa successo accaduto novita ultimissime annoio`),
  nl: list(`nieuws nieuwtjes krantenkoppen vandaag nu gisteren morgen dag dagen week avond ochtend laatste actueel trending trend trends iedereen mensen allemaal wereld stad praat praten pratend
    gepraat heeft hebben gebeurt gebeuren gebeurd gaande hand aan bezig onderwerp onderwerpen gemist roddels loos maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gesprek gesprekken praatje geruchten`),
  ja: list(`今日 きょう 昨日 明日 今朝 今夜 今週 現在 みんな 皆 皆さん みなさん 世間 世界 世の中 ニュース 話題 トレンド 流行 流行り 盛り上がっ 盛り上がり 起き 起こっ 起こり 騒い 出来事 何か 起 起きて 起こっ 騒ぎ 騒 何で 情報 噂 噂話 見逃し 街 日 出来事 こと なにか 流行っ 暇`),
  zh: list(`今天 今日 昨天 现在 大家 人们 世界 新闻 新聞 消息 热门 熱門 热搜 話題 话题 发生 發生 聊 讨论 討論 谈论 談論 最近 最新`),
  ko: list(`오늘 어제 지금 요즘 모두 다들 사람들 세상 뉴스 소식 화제 트렌드 무슨 일 일어나 핫한
    무슨일 일이야 일이 사람들이 뉴스가`),
};

/** What people ask a stranger about in two or three words: topics, yet telling of a language. With their accents, which tell more. */
export const everydayWords: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list('tea coffee cat cats dog dogs bot robot human beer wine beach mountain mountains cheese goose rain train bus source joke jokes pizza pasta morning night bread love pineapple water surprise fill soup sandwich bus bike'),
  fr: list('thé café chat chats chien chiens bot robot robots humain bière vin plage montagne fromage oie pluie pleuvoir train tram source blague blagues pizza pâtes nuit pain amour ananas eau bien joué gueule aime mange repas soupe vélo'),
  de: list('tee kaffee katze katzen hund hunde bot roboter mensch bier wein strand berge meer käse gans regen regnet zug bahn quelle witz witze pizza nudeln hallo tschüss nacht brot liebe ananas wasser erzähl erklär guter gute schön gibts neuigkeit neuigkeiten geht suppe bus fahrrad'),
  es: list('té café gato gatos perro perros bot robot humano cerveza vino playa montaña queso oca ganso lluvia llover llueve tren autobús fuente chiste chistes pizza pasta noche pan amor piña agua cuéntame cállate tal buen días tardes sorpréndeme aburro sopa bici tranvía'),
  pt: list('chá café gato gatos cão cães cachorro bot robô humano cerveja vinho praia montanha queijo ganso chuva chover comboio trem ônibus autocarro fonte piada piadas pizza massa noite pão amor abacaxi ananás água sério você obrigado obrigada cala boca sopa sanduíche gostas bonde bicicleta elétrico'),
  it: list('tè caffè gatto gatti cane cani bot robot umano birra vino spiaggia mare montagna formaggio oca pioggia piove pioverà treno autobus fonte barzelletta barzellette pizza pasta notte pane amore ananas acqua buongiorno buonasera bravo zitto mi ami racconta raccontami notizie sorprendimi aggiornami buonanotte zuppa tram bici'),
  nl: list('thee koffie kat hond bot robot mens bier wijn strand kaas gans regen trein bron grap nacht brood liefde ananas hoi'),
};

/** Two small words that stand together in one language only, each being at home in several. */
export const tellingPhrases: Readonly<Record<string, RegExp>> = {
  fr: /(?<!\p{L})(?:tu es|t es|c est|qu est|y a|il y|est ce|bonne nuit)(?!\p{L})/u, de: /(?<!\p{L})(?:was gib|was ist|wie geh|bist du)/u, pt: /^o |(?<!\p{L})(?:e o|o que|é um|é que|és|foi o)(?!\p{L})/u,
  it: /(?<!\p{L})(?:e il|e l|c è|cos è|che c)(?!\p{L})/u, es: /(?<!\p{L})(?:y el|y la|lo que)(?!\p{L})/u,
};

/** What one says for "what is the news?" in words that mean something else elsewhere. */
export const openIdioms = new RegExp(`(?<![\\p{L}\\p{N}])(?:${[
  'good night', 'bonne nuit', 'gute nacht', 'buona ?notte', 'おやすみ', 'on the street', '(?:the|any|some|got) tea(?=\\s*[?!.]*$)', 's cooking', 'spill(?: it| the tea| the beans)?', 'slow news day', 'while i (?:slept|was \\p{L}+)', 'fill (?:me|us) in', 'hit (?:me|us) with', 'surprise (?:me|us)', 'entertain (?:me|us)', 'in trouble', 'all the (?:noise|fuss)',
  'balancez? (?:les|tout)', 'de chaud', 'tout ce bruit', 'fais-moi r[eê]ver', 'surprends-moi', 'é?nerv[eé]s? par quoi', 'le point sur',
  'auf den (?:neuesten )?stand', 'was geht', 'überrasch(?:e)? mich', 'um(?=\\s*[?!.]*$)',
  'se cuece', 's?orpr[eé]nde(?:me|nos)', 'por ah[ií]', 'al d[ií]a',
  'surpreende-me', 'me surpreend[ae]', 'a boa(?=\\s*[?!.]*$)', 'por a[ií]', 'a par',
  'bolle in pentola', 'sorprendi(?:mi|ci)', 'aggiorna(?:mi|ci)', 'in giro',
].join('|')})(?![\\p{L}\\p{N}])`, 'giu');

/** Words that point at what was said before. */
export const pointingWords: ReadonlySet<string> = list(`this that it he she they ca cela ceci cette cet elle dies diese dieser dieses davon dazu daruber esto eso ese esa isto isso disso
  questo questa quello quella cio dit dat これ それ あれ この その 这 這 那 이거 그거 이것 그것`);

/** After these, the topic is named. */
export const topicMarkers: ReadonlySet<string> = list(`about on regarding re over sur concernant propos uber zu zum zur von sobre acerca di su sul sulla del della sobre over de vom`);

/** "The", as it is written: "thé" is none. */
export const definiteArticles: ReadonlySet<string> = list('the le la l les der die das den dem el los las o os il lo i gli de het');

/** Whoever says these speaks of their own life, which is seldom in the news. */
export const personalWords: ReadonlySet<string> = list(`my i me mine mon ma mes je j moi mein meine meinen meinem meiner ich mir mich mi mis yo me meu minha meus minhas eu mio mia miei mie io mijn ik mij
  私 僕 俺 うち 내 나 저 我`);
