import { botHandle } from './post.js';

const isThisTrue = {
  en: ['is this true?', 'is this real?', 'is that really true?', 'true or false?'],
  fr: ['c’est vrai ?', 'c’est vraiment vrai ?', 'vrai ou faux ?'],
  de: ['stimmt das?', 'ist das wahr?', 'stimmt das wirklich?'],
  es: ['¿es verdad?', '¿es cierto?', '¿esto es verdad?'],
  it: ['è vero?', 'è davvero vero?', 'vero o falso?'],
  pt: ['isto é verdade?', 'isto é mesmo verdade?', 'é verdade?'],
  ja: ['これ本当？', 'これって本当ですか？', '本当かな？'],
};

/**
 * The one compose box of a tab. It lives at the top and moves under a post while that is being answered.
 * `network` knows how long a post may be (`most`, `measure`), how to send one (`send(words, parent, key)`),
 * with what an answer opens (`opening(status)`) and what may not be said again (`wasSaid(words)`).
 * `sent(status)` is called with what the server made of the words.
 */
export function openCompose(form, home, network, sent) {
  const words = form.querySelector('textarea');
  const counter = form.querySelector('.counter');
  const problem = form.querySelector('.problem');
  const button = form.querySelector('[type=submit]');
  const replying = form.querySelector('.replying');
  let parent;
  // Kept until the words are through: the same words sent again after a lost answer make one post, not two.
  let key = crypto.randomUUID();

  function recount() {
    const left = network.most - network.measure(words.value);
    counter.textContent = String(left);
    counter.classList.toggle('over', left < 0);
    button.disabled = left < 0 || words.value.trim() === '';
  }

  function settle(status, slot, text, focusOn) {
    parent = status;
    slot.prepend(form);
    form.classList.toggle('inline', status !== undefined);
    replying.hidden = status === undefined;
    replying.querySelector('span').textContent = status ? `Answering ${status.account.display_name}` : '';
    words.value = text;
    problem.hidden = true;
    key = crypto.randomUUID();
    recount();
    focusOn?.focus();
    words.setSelectionRange(text.length, text.length);
  }

  async function send() {
    button.disabled = true;
    try {
      const status = await network.send(words.value, parent, key);
      settle(undefined, home, '', undefined);
      sent(status);
    } catch (error) {
      problem.textContent = error instanceof TypeError ? 'The sandbox did not answer. Is it still running?' : error.message;
      problem.hidden = false;
      recount();
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  words.addEventListener('input', recount);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !button.disabled) form.requestSubmit();
    if (event.key === 'Escape' && parent) cancel();
  });
  replying.querySelector('[data-do=cancel]').addEventListener('click', cancel);
  recount();

  function cancel() {
    const answered = parent && document.getElementById(`post-${parent.id}`);
    settle(undefined, home, '', undefined);
    answered?.focus();
  }

  return {
    reply: (status, slot) => settle(status, slot, network.opening(status), words),
    ask: (status, slot) => {
      const questions = (isThisTrue[navigator.language.slice(0, 2)] ?? isThisTrue.en).map((question) => `@${botHandle} ${question}`);
      settle(status, slot, questions.find((question) => !network.wasSaid(question)) ?? questions[0], button);
    },
    /** Puts a question to the bot into the box at the top, ready to be sent. */
    suggest: (question) => {
      settle(undefined, home, `@${botHandle} ${question}`, button);
      form.scrollIntoView({ block: 'center' });
    },
  };
}
