import { botHandle } from './post.js';

const maxCharacters = 500;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const isThisTrue = {
  en: 'is this true?', fr: 'c’est vrai ?', de: 'stimmt das?', es: '¿es verdad?', it: 'è vero?', pt: 'isto é verdade?', ja: 'これ本当？',
};

/**
 * The one compose box of the page. It lives at the top and moves under a post while that is being answered.
 * `sent(status)` is called with what the server made of the words.
 */
export function openCompose(form, home, sent) {
  const words = form.querySelector('textarea');
  const counter = form.querySelector('.counter');
  const problem = form.querySelector('.problem');
  const button = form.querySelector('[type=submit]');
  const replying = form.querySelector('.replying');
  let parent;
  // Kept until the words are through: the same words sent again after a lost answer make one post, not two.
  let key = crypto.randomUUID();

  function recount() {
    const left = maxCharacters - [...graphemes.segment(words.value)].length;
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
      const answer = await fetch('/api/v1/statuses', {
        method: 'POST',
        headers: { authorization: 'Bearer visitor', 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ status: words.value, ...(parent && { in_reply_to_id: parent.id }) }),
      });
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.error ?? `The sandbox said ${answer.status}`);
      settle(undefined, home, '', undefined);
      sent(body);
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
    reply: (status, slot) => settle(status, slot, `@${status.account.acct} `, words),
    ask: (status, slot) => settle(status, slot, `@${botHandle} ${isThisTrue[navigator.language.slice(0, 2)] ?? isThisTrue.en}`, button),
    /** Puts a question to the bot into the box at the top, ready to be sent. */
    suggest: (question) => {
      settle(undefined, home, `@${botHandle} ${question}`, button);
      form.scrollIntoView({ block: 'center' });
    },
  };
}
