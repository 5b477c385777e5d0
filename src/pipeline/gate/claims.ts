// What no automated account may say of itself, and what no account may ask for. Data by language; whole sentences are looked at, so that "never share your password" may be said.
import { either } from './either.ts';
import { once } from './fold.ts';
import { says } from './phrases.ts';

const toRegExp = (lines: string): RegExp => new RegExp(either(lines), 'u');

/** In lower case: expressions that do not care for case take five times the memory. */
const inOneLine = once((text: string): string => text.replace(/\s+/gu, ' ').toLowerCase());

const human = toRegExp(String.raw`
  \bi(?:['’]?\s?a?m|['’]?ve always been)\s(?:(?:actually|really|just|very|definitely|totally|literally|absolutely|most certainly|certainly|100%|in fact|of course|a|an|as|very much|only)\s){0,4}(?:(?:real|actual|living|normal|flesh-and-blood|fellow|breathing|human|young|old|single|\d+[- ]year[- ]old|simple|ordinary|genuine)\s){0,3}(?:human|person|man|woman|guy|girl|boy|mother|father|mom|dad|student|people|employee|moderator|admin)\b(?!['’]s\s(?:bot|program|best))
  \b(?:i(?:['’]?\s?a?m)\s(?:\w+\s){0,2}not|i\s?ain['’]?t)\s(?:\w+\s){0,2}(?:a\s|an\s|some\s|any\s)?(?:bot|robot|ai|a\.i\.|machine|program|chatbot|automated)\b
  \b(?:no|not a) (?:bot|robot|ai|machine)(?: here)?[,.:;!]? (?:just|only) (?:me|a (?:guy|girl|person|human|tired|real))
  \bje (?:suis|reste) (?:bien |vraiment |réellement |tout simplement )?(?:un |une )?(?:vrai(?:e)? |véritable )?(?:humaine?|être humain|personne(?: réelle)?|homme|femme)\b
  \bje ne suis pas (?:un |une )(?:bot|robot|ia|machine|programme)\b
  \bich bin (?:doch |wirklich |ja |echt |ganz )*(?:ein |eine )?(?:echter |echte |richtiger |realer |reale )?(?:mensch|person|mann|frau)\b
  \bich bin (?:doch |wirklich |ganz sicher )*kein(?:e)? (?:bot|roboter|ki|maschine|programm)\b
  (?<!\bno )\bsoy (?:un |una )?(?:ser |de verdad |realmente |persona )*(?:humano|humana|persona|hombre|mujer)\b
  \bno soy (?:un |una )(?:bot|robot|ia|máquina|programa)\b
  (?<!\bnão )\b(?:eu )?sou (?:um |uma )?(?:ser |realmente )*(?:humano|humana|pessoa|homem|mulher)\b
  \bnão sou (?:um |uma )(?:bot|robô|ia|máquina|programa)\b
  (?<!\bnon )\bsono (?:davvero |proprio )*(?:un |una |un')?(?:vero |vera |essere )*(?:umano|umana|persona|uomo|donna)\b
  \bnon sono (?:un |una |un')\s?(?:bot|robot|ia|macchina|programma)\b
  \bik ben (?:echt |gewoon |wel degelijk )*(?:een )?(?:echt |echte )?(?:mens|persoon|man|vrouw)\b
  \bik ben (?:echt )?geen (?:bot|robot|ai|machine|programma)\b
  (?<!nie )\bjestem (?:prawdziwym |żywym |normalnym )*(?:człowiekiem|osobą|mężczyzną|kobietą)\b
  \bnie jestem (?:botem|robotem|maszyną|programem|sztuczną)
  (?<!\p{L})я\s?[-—–]?\s?(?:обычный |живой |настоящий |реальный )*(?:человек|мужчина|женщина)(?!\p{L})
  (?<!\p{L})я не (?:бот|робот|ии|машина|программа)(?!\p{L})
  (?<!\p{L})я\s?[-—–]?\s?(?:справжня |жива )*(?:людина)(?!\p{L})
  \bben (?:gerçek |normal )*(?:bir )?insanım\b|\bbot değilim\b
  (?:私|僕|俺|わたし|ぼく)は(?:本物の|普通の|生身の|れっきとした)?人間(?:なん|なの)?(?:です|だ|である|でございます)(?!と(?:言|思))|(?:ボット|ロボット|ai)(?:では|じゃ)(?:ありません|ないです|ないよ|ない)
  我(?:真的|可|也|确实)?(?:是|乃)(?:一个|一個|个)?(?:(?:真正的|真实的|真|活生生的)?(?:人类|人類|真人|人)|有血有肉)|我不是(?:机器人|機器人|bot|ai|人工智能)
  (?:저는|나는|전|난) (?:[가-힣]+ ){0,3}(?:사람|인간)(?:입니다|이에요|이야|이거든요|인데요)|(?:저는|나는|전|난) (?:봇|로봇|ai)(?:이|가) 아니
  (?<!لست )أنا (?:إنسان|بشر|شخص حقيقي|رجل|امرأة)|أنا لست (?:روبوت|بوت|آلة|برنامج)|لست (?:روبوتا|روبوتًا|بوتا|آلة)
  मैं (?:एक )?(?:असली |सच्चा )?(?:इंसान|मनुष्य|आदमी|औरत|व्यक्ति) हूँ|मैं (?:कोई )?(?:बॉट|रोबोट|मशीन) नहीं
  من (?:یک )?(?:انسان|آدم) (?:واقعی )?هستم|من (?:ربات|بات) نیستم
  \bjag är (?:\w+ ){0,2}(?:människa|person)\b|\bjag är ingen (?:bot|robot|maskin)|\bjeg er (?:\w+ ){0,2}(?:menneske|person)\b
  \bjeg er (?:ikke en|ingen) (?:bot|robot|maskine?)
  \bolen (?:\w+ )?ihminen\b|\ben ole (?:\w+ )?(?:botti|robotti|kone)|\bember vagyok\b|\bnem vagyok (?:bot|robot|gép)
  \bjsem (?:\p{L}+ )?člověk|\bnejsem (?:bot|robot|stroj)|\bsom (?:\p{L}+ )?človek|\bsunt (?:un |o )?(?:om|persoană)(?!\p{L})
  \bnu sunt (?:un )?(?:bot|robot)
  είμαι (?:\p{L}+ ){0,2}άνθρωπος|δεν είμαι (?:μποτ|ρομπότ)|אני (?:בן ?אדם|אדם|אנושי)|אני לא (?:בוט|רובוט)
  \btôi (?:thực sự )?là (?:một )?(?:người thật|con người)|\btôi không phải (?:là )?(?:bot|robot)|(?:ฉัน|ผม|ดิฉัน)(?:เป็น|คือ)(?:คน|มนุษย์)
  ไม่ใช่(?:บอท|บอต)|\bsaya (?:adalah |ini )?(?:manusia|orang)(?: (?:sungguhan|asli|beneran|nyata))|\bsaya bukan (?:bot|robot)
  আমি (?:\S+ ){0,2}মানুষ|аз съм (?:\p{L}+ ){0,2}човек|я (?:\p{L}+ ){0,2}людина(?!\p{L})|я не (?:бот|робот)|mimi ni (?:binadamu|mtu)
  ես մարդ եմ|მე ადამიანი ვარ
  \b(?:(?:all|both|most) of us are|we are(?: all)?|there are (?:two|three|four|five|six) of us)(?: \w+){0,3} (?:human|people|persons|typing|writing)\b
  \bwith my own (?:two )?(?:eyes|hands)\b|\bi['’]?m \p{L}+, \d{2}\b
`);

/** Offices that nobody holds here, and that people obey. */
const office = new RegExp([
  String.raw`\b(?:this is|here is|i am|i['’]?m|speaking as|as(?! (?:the|a|an) [^.!?,:;]{3,40}\s(?:said|say|says|put|puts|told|tells?|explain\w*|not(?:e|es|ed)|report\w*|confirm\w*|announc\w*|warn\w*|claim\w*|admit\w*|know|knows|knew|see|sees|saw|would|always|often|once|never|like|likes|has|have|had|does|do|did)\b)|we are)(?: speaking)? (?:a |an |the |your |from )?(?:\w+ ){0,3}(?:police|ceo|administrators?|admin|moderation team|support team|support staff|customer (?:support|service)|help ?desk|security team|(?:licensed|certified|qualified) \w+|your (?:doctor|lawyer|bank)|tax office|fbi|interpol)\b`,
  String.raw`^(?:official support|customer service|tech(?:nical)? support|it here|security team|ihre bank|kundendienst|hier (?:ist|spricht) (?:die|der|ihre?) (?:polizei|bank|support|kundendienst)|suporte oficial|soporte (?:oficial|técnico)|support (?:officiel|technique)|service client|assistenza clienti|klantenservice|pomoc techniczna|служба п\p{L}+|техподдержка|ici la police|aquí la policía|qui (?:è )?la polizia)(?!\p{L})`,
].join('|'), 'u');

/** Whether it speaks with an authority that it has not. */
export const claimsAnOffice = (text: string): boolean => office.test(inOneLine(text).trim());

const meta = toRegExp(String.raw`
  \b(?:my|our|these are my|the) (?:full |complete |exact |system |initial |hidden |original |secret |internal |first ){0,2}(?:prompt|instructions?|system message|guidelines|directives|configuration)s? (?!are like|(?:is|are) (?:a |my |no )?(?:secret|private|own))(?:is|are|was|were|says?|reads?|begins?|starts?|tells?|goes?|include|as follows)\b
  \b(?:system|initial|hidden) (?:prompt|message|instructions?) ?[:=]
  \bi(?:['’]m| am| was) (?:instructed|told|prompted|configured|programmed) to\b
  \b(?:mes|tes) instructions? (?!sont comme)(?:sont|disent|commencent)
  \b(?:meine?) (?:anweisungen|systemprompt|systemnachricht|vorgaben) (?!sind wie)(?:lauten|sind|sagen|beginnen)
  \bmis instrucciones (?!son como)(?:son|dicen)|\bminhas instruções (?!são como)(?:são|dizem)
  \ble mie istruzioni (?!sono come)(?:sono|dicono)|\bmijn instructies (?:zijn|luiden)|(?:システム)?プロンプト(?:は|:|:)|私の指示は
  我的(?:系统)?(?:提示词|指令)(?:是|:|:)|мои инструкции|системный промпт
`);

/** Whether it tells what it was told: in whatever words, that is nobody's answer. */
export const tellsInstructions = (text: string): boolean => meta.test(inOneLine(text));

/** Whether it says that a person is writing; `words` are those of the text. */
export const claimsToBeHuman = (text: string, words: string): boolean => says('human', words) || human.test(inOneLine(text));

const keys = String.raw`
  (?:seed|recovery|secret|backup|mnemonic|wallet)[- ]?(?:phrase|words?|key)|private key|passwords?|passcode|\bpin\b|2fa
  one[- ]time (?:code|password)|\botp\b|verification code|security code|sms code|login code|backup codes?|recovery codes?|booking code
  card details|id number|full name|date of birth|identity|phone number|home address|passport|two[- ]factor code|your login|\btan\b
  credit card|card number|\bcvv\b|\biban\b|social security|bank (?:details|account|login)|log-?in (?:details|data|credentials)|credentials
  phrase (?:de récupération|secrète)|mot de passe|clé privée|code de (?:vérification|sécurité)|numéro de carte|coordonnées bancaires
  passwort|kennwort|wiederherstellungs\p{L}+|sicherheitscode|zugangsdaten|privaten schlüssel|kreditkarte\p{L}*|contraseña
  frase (?:semilla|de recuperación|secreta)|clave privada|código de (?:verificación|seguridad)|tarjeta de crédito|senha
  frase de recuperação|chave privada|código de verificação|cartão de crédito|frase di recupero|chiave privata
  codice di (?:verifica|sicurezza)|carta di credito|wachtwoord|herstelzin|pincode|inloggegevens|hasło|haseł|frazę|klucz prywatny|пароль
  сид-фраз\p{L}*|секретн\p{L}+ фраз\p{L}*|приватн\p{L}+ ключ|код из смс|şifre\p{L}*|parola\p{L}*|パスワード|シードフレーズ|秘密鍵|暗証番号|认证码|密码|助记词|私钥|验证码
  密碼|비밀번호|시드 ?문구|개인 ?키|인증번호|رمز (?:التحقق|الدخول)|رقم (?:البطاقة|الحساب)|كلمة (?:المرور|السر)|عبارة الاسترداد|पासवर्ड|पिन|ओटीपी
`;
const asks = String.raw`
  send|enter|give|dm|share|type|verify|confirm|submit|provide|reply with|post|tell (?:me|us)|paste|upload|need(?: your)?|message|forward
  validate|re-?enter|update your|connect|sync|unlock|envoie\p{L}*|donne\p{L}*|saisi\p{L}*|indique\p{L}*|entre[rz]?|communiqu\p{L}*
  transme\p{L}*|confirme\p{L}*|schick\p{L}*|sende\p{L}*|senden|gib|geben|bestätig\p{L}*|teile?n?|nenn\p{L}*|eingeben|envía\p{L}*
  envia\p{L}*|mánda\p{L}*|mand[aei]\p{L}*|dime|danos|introduc\p{L}*|ingres\p{L}*|confirma\p{L}*|comparte\p{L}*|escribe|informe|digite
  passe|invia\p{L}*|mandi|inserisc\p{L}*|comunic\p{L}*|conferma\p{L}*|dammi|stuur|geef|voer|deel|bevestig|wyślij|poda\p{L}*|надішл\p{L}*
  prześlij|potwierdź|wpisz|пришлите?|отправьте?|сообщите?|введите?|подтвердите?|назовите?|gönder\p{L}*|girin\p{L}*|paylaş\p{L}*|送って|送信して
  教えて|入力して|ください|发给|發給|发送|告诉|輸入|输入|提供|보내|알려|입력|أرسل\p{L}*|ارسل\p{L}*|أدخل|أكد|भेज\p{L}*|बता\p{L}*|दर्ज|लिख\p{L}*
`;
const denies = String.raw`
  never|don['’]?t|do not|no one|nobody|not\b|without|won['’]?t|shouldn['’]?t|jamais|ne\b|nunca|nie(?:mals|mand)?\b|nicht|kein\p{L}*|não
  non\b|mai\b|nooit|niet|geen|nigdy|не\b|никогда|никому|asla|\p{L}+m[ae]yın|ないで|ません|不要|绝不|別|마세요|하지|मत|لا |न \p{L}+
`;
const [keyed, asked, denied] = [keys, asks, denies].map(toRegExp);

/** Whether it asks somebody for what opens his accounts. */
export function asksForSecrets(text: string): boolean {
  const low = text.toLowerCase();
  return keyed?.test(low) === true && low.split(/(?<=[.!?。！？])\s*/u).some(sentence => keyed.test(sentence) && asked?.test(sentence) && !denied?.test(sentence));
}
