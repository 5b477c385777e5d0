// What somebody typed at the desk is not lost because he was not logged in any more.
import { expect, it } from '@jest/globals';
import { openBoardOf } from '../support/desk.ts';
import { aMention } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { openTestWeb, openVisitor, quickHash } from '../support/web.ts';

const password = 'correct horse battery';
const words = 'The ferry is a "state" of mind,\nand <b>never</b> & nowhere on time.';

const plain = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', '\'').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
/** What a browser sends of the form that goes to this address, untouched. */
function fieldsOf(page: string, action: string, nth = 0): Record<string, string> {
  const form = page.split('<form').filter(each => each.includes(`action="${action}"`))[nth]?.split('</form>')[0] ?? '';
  const inputs = [...form.matchAll(/<input ([^>]*)>/gu)].map(([, attributes = '']) => [/name="([^"]*)"/u.exec(attributes)?.[1] ?? '', plain(/value="([^"]*)"/u.exec(attributes)?.[1] ?? '')]);
  const areas = [...form.matchAll(/<textarea name="([^"]*)"[^>]*>\n([^<]*)<\/textarea>/gu)].map(([, name = '', value = '']) => [name, plain(value)]);
  return Object.fromEntries([...inputs, ...areas]) as Record<string, string>;
}

describeOnRedis('words at the desk', redis => {
  const open = async () => {
    const { client } = redis();
    const line = openLine(client, { publish: { holds: true } });
    const ref = await line.see(aMention('1'));
    await line.compose(ref, { holds: true });
    const web = await openTestWeb(client, { passwordHash: quickHash(password), ledger: line.ledger, receipts: line.receipts, board: openBoardOf(line, client), bench: { voices: () => [{ name: 'gadfly' }, { name: 'owl' }], rehearse: async () => Promise.reject(new Error('nothing')) } });
    const visitor = openVisitor(web.url);
    await visitor.send('/desk/login', { name: 'Ada', password });
    const form = { csrf: await visitor.csrf(), ...ref, fence: '1.0', what: 'edit', text: words };
    const expire = async () => client.del(...await client.keys('repartee:session:*'));
    return { ...web, line, ref, visitor, form, expire };
  };

  it('stand in their form again after the login, also where the first password is wrong, and are changed only when they are sent from there', async () => {
    const { line, ref, visitor, form, expire } = await open();
    await expire();
    const refused = await visitor.send('/desk/act', form);
    const door = await refused.text();
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([401, 'no-store']);
    expect(door).toContain('What you sent was not done');
    expect(plain(door)).toContain(words);
    const login = fieldsOf(door, '/desk/login');
    expect(login).not.toHaveProperty('kept.csrf');
    const wrong = await visitor.send('/desk/login', { ...login, name: 'Ada', password: 'guess' });
    const again = fieldsOf(await wrong.text(), '/desk/login');
    expect([wrong.status, again['kept.text']]).toEqual([401, words]);
    const back = await visitor.send('/desk/login', { ...again, name: 'Ada', password });
    const page = await back.text();
    expect([back.status, page]).toEqual([200, expect.stringContaining('you were not logged in any more')]);
    expect((await line.record(ref)).draft).not.toHaveProperty('edits');
    const edit = fieldsOf(page, '/desk/act', 3);
    expect(edit).toMatchObject({ what: 'edit', fence: '1.0', text: words, csrf: expect.stringMatching(/.{20}/u) });
    expect((await visitor.send('/desk/act', { ...edit, text: 'The ferry is a state of mind.' })).status).toBe(303);
    expect(await line.record(ref)).toMatchObject({ state: 'held', draft: { edits: 1, receipt: { answer: 'The ferry is a state of mind.' } } });
  });

  it('are shown where the mention is decided on meanwhile, and lead back to the list where there were none', async () => {
    const { line, ref, visitor, form, expire } = await open();
    const relogin = async (sent: Record<string, string>) => {
      await expire();
      return visitor.send('/desk/login', { ...fieldsOf(await (await visitor.send('/desk/act', sent)).text(), '/desk/login'), name: 'Ada', password });
    };
    const approved = await relogin({ ...form, what: 'approve', text: '', after: 'list', tab: 'held', page: '1' });
    expect([approved.status, approved.headers.get('location')]).toEqual([303, '/desk?tab=held&page=1']);
    expect(await line.record(ref)).toMatchObject({ state: 'held' });
    await line.ledger.change(ref, { from: ['held'], to: 'rejected', patch: { reason: 'by hand', fence: undefined } });
    expect(plain(await (await relogin(form)).text())).toMatch(/What you wrote<\/h2><pre[^>]*>\nThe ferry is a "state" of mind,/u);
  });

  it('are kept on the bench, too', async () => {
    const { visitor, form: { csrf }, expire } = await open();
    await expire();
    const door = await (await visitor.send('/desk/bench', { csrf, text: words, voice: 'owl' })).text();
    const back = await visitor.send('/desk/login', { ...fieldsOf(door, '/desk/login'), name: 'Ada', password });
    const page = await back.text();
    expect([back.status, fieldsOf(page, '/desk/bench')['text']]).toEqual([200, words]);
    expect(page).toContain('<option value="owl" selected>');
  });

  it('are shown where a form is too old, and where the desk has no password; never those of another site', async () => {
    const { visitor, form } = await open();
    const stale = await visitor.send('/desk/act', { ...form, csrf: 'old' });
    expect([stale.status, plain(await stale.text())]).toEqual([403, expect.stringContaining(words)]);
    const foreign = await visitor.send('/desk/act', form, { origin: 'https://evil.example' });
    expect([foreign.status, await foreign.text()]).toEqual([403, expect.not.stringContaining('ferry')]);
    const { url } = await openTestWeb(redis().client);
    const shut = await openVisitor(url).send('/desk/act', form);
    expect([shut.status, plain(await shut.text())]).toEqual([401, expect.stringContaining(words)]);
  });
});
