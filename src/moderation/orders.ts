// Words by which a text speaks to the machine that reads it instead of to people. Such a headline or trending post is no news: it never reaches a prompt.

const orders = new RegExp([
  String.raw`\b(?:repeat|say|write|post|tweet|reply|answer|respond|output|print)\b[^.!?]{0,30}\b(?:after me|word for word|exactly|verbatim|with us|the following|nothing else|only with|only yes|in your (?:reply|answer|voice))\b`,
  String.raw`\b(?:ignore|forget|disregard|override)\b[^.!?]{0,24}\b(?:previous|prior|above|all|your|the|any)\b[^.!?]{0,24}\b(?:instruction|rule|prompt|guideline|context|mood)s?\b`,
  String.raw`\b(?:ai|llm|gpt|chatbot|bot|assistant|model|language model)s?\b ?(?:readers?|reading this|summari[sz]ing this|that read|who read|,|:)|\b(?:dear|attention|note to|hey|hello|hi),? (?:ai|llm|gpt|bots?|assistants?|models?|grok|repartee)\b`,
  String.raw`\b(?:system|initial|hidden) (?:prompt|message|instructions?)\b|\bjailbreak\b|\bdebug mode\b|\bdeveloper mode\b|\bas an ai\b|\byou are now\b|\bfrom now on,? you\b|\bno filter\b|\bstay in character\b|\byour (?:signature|answer|reply) (?:is|from now)\b`,
  String.raw`\b(?:decode|decipher|translate from|encode)\b[^.!?]{0,30}\b(?:base64|morse|hex|rot13|binary|nato|leetspeak|cipher)\b`,
  String.raw`mot (?:pour|à) mot|répète (?:après|mot)|wort für wort|sprich (?:mir )?nach|sag (?:mir )?nach|wiederhole wörtlich|palabra por palabra|repite conmigo|palavra por palavra|repita comigo|parola per parola|ripeti con me|woord voor woord|zeg (?:mij|me) na|słowo w słowo|powtórz za mną|слово в слово|(?:повтори|повторяй|повторите|скажи) за мно[йю]|слово за слово|повтори за мен|дума по дума|kelimesi kelimesine|benden sonra tekrar|ord för ord|säg efter|ord for ord|sig efter|sana sanalta|toista perässä|szóról szóra|mondd utánam|slovo od slova|slovo za slovom|opakuj po mně|cuvânt cu cuvânt|repetă după mine|λέξη προς λέξη|επανάλαβε|מילה במילה|תגיד גם|كلمة بكلمة|قلها معي|كرر بعدي|کلمه به کلمه|تکرار کن|शब्द-दर-शब्द|तुम भी बोलो|দোহরাও|হুবহু|তুমিও বলো|一字一句|繰り返して|同じ(?:口調|調子|言い方)で|復唱|逐字|跟我说|跟著說|重复|그대로 따라|따라 말해|ตามฉัน|ทวนคำ|(?:nói|đọc) theo (?:tôi|mình|tao)|nhắc lại|ulangi kata|katakan juga|sema baada yangu`,
].join('|'), 'iu');

export const givesOrders = (text: string): boolean => orders.test(text.normalize('NFKC').replace(/\s+/gu, ' '));
