// Whole posts in the markup of the servers that write them, and the text that a reader would see. Names and places are made up.
import { describe, expect, it } from '@jest/globals';
import { htmlToText } from '../../src/networks/mastodon/html-to-text.ts';

const known = [
  { acct: 'repartee', url: 'https://town.example/@repartee' },
  { acct: 'ana@far.example', url: 'https://far.example/@ana' },
  { acct: 'bo@key.example', url: 'https://key.example/@bo' },
  { acct: 'cy@friend.example', url: 'https://friend.example/profile/cy' },
  { acct: 'di@plum.example', url: 'https://plum.example/users/di' },
];
const bot = '<span class="h-card" translate="no"><a href="https://town.example/@repartee" class="u-url mention">@<span>repartee</span></a></span>';

type Post = readonly [what: string, html: string, text: string];

const mastodon: readonly Post[] = [
  ['a question', `<p>${bot} is it true that the bridge is closed on Sundays?</p>`, '@repartee is it true that the bridge is closed on Sundays?'],
  ['a reply to two people', `<p><span class="h-card" translate="no"><a href="https://far.example/@ana" class="u-url mention">@<span>ana</span></a></span> ${bot} you both?</p>`, '@ana@far.example @repartee you both?'],
  ['paragraphs and a list of tags', '<p>First frost.</p><p><a href="https://town.example/tags/frost" class="mention hashtag" rel="tag">#<span>frost</span></a> <a href="https://town.example/tags/garden" class="mention hashtag" rel="tag">#<span>garden</span></a></p>', 'First frost.\n\n#frost #garden'],
  ['a long link, cut in the middle', '<p>Read this: <a href="https://www.gazette.example/2026/11/the-goose-and-the-mayor?ref=home" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://www.</span><span class="ellipsis">gazette.example/2026/11/the-go</span><span class="invisible">ose-and-the-mayor?ref=home</span></a></p>', 'Read this: https://www.gazette.example/2026/11/the-goose-and-the-mayor?ref=home'],
  ['a short link that is not cut', '<p><a href="https://a.example/b" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://</span><span class="">a.example/b</span><span class="invisible"></span></a></p>', 'https://a.example/b'],
  ['two links in one line', '<p><a href="https://a.example/"><span class="invisible">https://</span><span class="">a.example/</span></a> or <a href="https://b.example/"><span class="invisible">https://</span><span class="">b.example/</span></a>?</p>', 'https://a.example/ or https://b.example/?'],
  ['a poll asked in words', '<p>Tea or coffee?<br />1. Tea<br />2. Coffee</p>', 'Tea or coffee?\n1. Tea\n2. Coffee'],
  ['a quote post with its fallback', `<p class="quote-inline">RE: <a href="https://far.example/@ana/7"><span class="invisible">https://</span><span class="">far.example/@ana/7</span></a></p><p>${bot} is she right?</p>`, '@repartee is she right?'],
  ['custom emoji and a flag', '<p>:blobcat_peek: good morning 🏴󠁧󠁢󠁳󠁣󠁴󠁿 :verified:</p>', ':blobcat_peek: good morning 🏴󠁧󠁢󠁳󠁣󠁴󠁿 :verified:'],
  ['a family, joined', '<p>👩‍👩‍👦 at the fair</p>', '👩‍👩‍👦 at the fair'],
  ['ampersands and comparisons', '<p>R&amp;D: 3 &lt; 5 &gt; 2, she said &quot;no&quot; &#39;twice&#39;</p>', 'R&D: 3 < 5 > 2, she said "no" \'twice\''],
  ['what looks like markup, typed', '<p>&lt;b&gt;not bold&lt;/b&gt; &amp;amp; &lt;script&gt;</p>', '<b>not bold</b> &amp; <script>'],
  ['Arabic', '<p>هل الجسر مفتوح اليوم؟ <a href="https://town.example/tags/%D8%AC%D8%B3%D8%B1" class="mention hashtag" rel="tag">#<span>جسر</span></a></p>', 'هل الجسر مفتوح اليوم؟ #جسر'],
  ['Hebrew with a Latin name', `<p>${bot} מה דעתך על Gazette?</p>`, '@repartee מה דעתך על Gazette?'],
  ['Japanese without spaces', `<p>${bot} 今日の橋は閉まっていますか？<br />鳥が多い。</p>`, '@repartee 今日の橋は閉まっていますか？\n鳥が多い。'],
  ['Korean and Chinese', '<p>다리가 닫혔나요?</p><p>桥今天关了吗？</p>', '다리가 닫혔나요?\n\n桥今天关了吗？'],
  ['Hindi with joined letters', '<p>क्या पुल बंद है? क्षमा</p>', 'क्या पुल बंद है? क्षमा'],
  ['a poem', '<p>The goose<br />  walks<br />alone</p><p>at dawn</p>', 'The goose\nwalks\nalone\n\nat dawn'],
  ['code in the middle', '<p>Run <code>ls -la | grep "goose"</code> and see</p>', 'Run ls -la | grep "goose" and see'],
  ['a block of code', '<pre><code>for goose in flock:\n    print(goose)\n</code></pre>', 'for goose in flock:\n    print(goose)'],
  ['a quotation with an answer', '<blockquote><p>Nobody reads the gazette.</p></blockquote><p>I do.</p>', '> Nobody reads the gazette.\n\nI do.'],
  ['a numbered list', '<ol><li>wake</li><li>tea</li><li>gazette</li></ol>', '- wake\n- tea\n- gazette'],
];

const gotosocial: readonly Post[] = [
  ['a mention', '<p><span class="h-card"><a href="https://town.example/@repartee" class="u-url mention" rel="nofollow noreferrer noopener" target="_blank">@<span>repartee</span></a></span> is this true? see <a href="https://gazette.example/a/very/long/path?x=1" rel="nofollow noreferrer noopener" target="_blank">https://gazette.example/a/very/long/path?x=1</a> <a href="https://small.example/tags/cats" class="mention hashtag" rel="tag nofollow noreferrer noopener" target="_blank">#<span>cats</span></a></p>', '@repartee is this true? see https://gazette.example/a/very/long/path?x=1 #cats'],
  ['Markdown, made HTML', '<h2>News</h2><p>It is <strong>true</strong>:</p><ul><li>one</li><li>two</li></ul><hr><p>End.</p>', 'News\n\nIt is true:\n\n- one\n- two\n\nEnd.'],
  ['markup that was typed as text', '<p><span class="h-card"><a href="https://town.example/@repartee" class="u-url mention" rel="nofollow noreferrer noopener" target="_blank">@<span>repartee</span></a></span> first line<br>second &lt;b&gt;line&lt;/b&gt; &amp; more<br><br>new paragraph</p>', '@repartee first line\nsecond <b>line</b> & more\n\nnew paragraph'],
];

const snac: readonly Post[] = [
  ['a mention', '<span class="h-card"><a href="https://town.example/@repartee" class="u-url mention">@repartee@town.example</a></span> is this true? <a href="https://small.example?t=cats" class="mention hashtag" rel="tag">#cats</a> é 🙂<br>', '@repartee is this true? #cats é 🙂'],
  ['lines', 'first line<br>second line<br><br>new paragraph<br>', 'first line\nsecond line\n\nnew paragraph'],
  ['code and emphasis', '<code>x = 1</code> is <b>not</b> <i>y</i><br><blockquote>said he<br></blockquote>', 'x = 1 is not y\n\n> said he'],
];

const misskey: readonly Post[] = [
  ['a mention', '<p><a href="https://town.example/@repartee" class="u-url mention">@repartee@town.example</a><span> 今日は何がありましたか？</span></p>', '@repartee 今日は何がありましたか？'],
  ['lines in spans', '<p><span>one<br>two<br><br>three</span></p>', 'one\ntwo\n\nthree'],
  ['a tag', '<p><span>good </span><a href="https://key.example/tags/morning" rel="tag">#morning</a><span> all</span></p>', 'good #morning all'],
  ['small and centred', '<div><center><small>whisper</small></center></div>', 'whisper'],
  ['spoken over', '<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby><span>です</span></p>', '東京(とうきょう)です'],
  ['a renote in words', '<p><span>look<br></span><span><br>RE: </span><a href="https://key.example/notes/9x">https://key.example/notes/9x</a></p>', 'look\n\nRE: https://key.example/notes/9x'],
  ['a note of somebody else with a quote class', '<p><span>look</span><span class="quote-inline"><br><br>RE: <a href="https://key.example/notes/9x">https://key.example/notes/9x</a></span></p>', 'look'],
  ['struck out and italic', '<p><del>never</del> <i>always</i></p>', 'never always'],
  ['a formula', '<p><code>E = mc^2</code></p>', 'E = mc^2'],
];

const friendica: readonly Post[] = [
  ['a mention with its sign outside', '@<a class="u-url mention" href="https://town.example/@repartee" rel="nofollow noopener noreferrer" target="_blank">repartee</a> what do you say?', '@repartee what do you say?'],
  ['a shared post', '<div class="shared-wrapper"><blockquote class="shared_content">The goose is back.</blockquote></div>Well?', '> The goose is back.\n\nWell?'],
  ['a title and an attached link', '<strong>Bridge closed</strong><br><br>Until Sunday.<div class="type-link"><a href="https://gazette.example/bridge" target="_blank" rel="noopener noreferrer">Bridge closed until Sunday</a></div>', 'Bridge closed\n\nUntil Sunday.\nBridge closed until Sunday (https://gazette.example/bridge)'],
  ['a tag with its sign outside', '#<a href="https://friend.example/search?tag=frost" class="mention hashtag" rel="tag noopener noreferrer" target="_blank"><span>frost</span></a> tonight', '#frost tonight'],
  ['a quotation with its author', '<p><strong><a href="https://friend.example/profile/cy">cy</a> wrote:</strong></p><blockquote>Nobody reads it.</blockquote>', '@cy@friend.example wrote:\n\n> Nobody reads it.'],
  ['a picture in the text', 'Look <a href="https://friend.example/photo/1"><img src="https://friend.example/1.jpg" alt="a goose on a bridge"></a>', 'Look a goose on a bridge (https://friend.example/photo/1)'],
  ['a table', '<table><tr><th>Day</th><th>Bridge</th></tr><tr><td>Sunday</td><td>closed</td></tr></table>', 'Day Bridge\nSunday closed'],
];

const pleroma: readonly Post[] = [
  ['a mention', '<span class="h-card"><a class="u-url mention" data-user="9x" href="https://town.example/@repartee" rel="ugc">@<span>repartee</span></a></span> hm?', '@repartee hm?'],
  ['line breaks without paragraphs', 'one<br/>two<br/><br/>three', 'one\ntwo\n\nthree'],
  ['a tag by data', '<a class="hashtag" data-tag="frost" href="https://plum.example/tag/frost" rel="tag ugc">#frost</a> again', '#frost again'],
  ['Markdown with a heading', '<h1>Goose</h1><p>It is <em>back</em>.</p><blockquote><p>No.</p></blockquote>', 'Goose\n\nIt is back.\n\n> No.'],
  ['BBCode, made HTML', '<b>bold</b> <span style="color:red">red</span> <a href="https://a.example/">the paper</a>', 'bold red the paper (https://a.example/)'],
  ['a person who is mentioned by the address of an actor', '<span class="h-card"><a class="u-url mention" href="https://plum.example/users/di" rel="ugc">@<span>di</span></a></span> yes', '@di@plum.example yes'],
];

const software: readonly (readonly [string, readonly Post[]])[] = [['Mastodon', mastodon], ['GoToSocial', gotosocial], ['snac', snac], ['Misskey', misskey], ['Friendica', friendica], ['Pleroma', pleroma]];

describe.each(software)('a post written on %s', (_, posts) => {
  it.each(posts)('with %s', (__, html, text) => {
    expect(htmlToText(html, known).text).toBe(text);
  });
});
