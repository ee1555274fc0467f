import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { HOLDER_ADDRESS } from '../../infra/local/certificates/identities.ts';
import { en } from '../../portal/words/en.ts';
import { es } from '../../portal/words/es.ts';
import { filled } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { focusOn } from './support/checks.ts';
import {
  addressField,
  chooser,
  hasFocus,
  HEART,
  LOPEZ,
  shared,
  stoppedAt,
  words,
  wrongIn,
} from './support/choosing.ts';
import { usePortal } from './support/portal.ts';
import { patientUser } from './support/users.ts';
import { toChoose } from './support/walk.ts';

const CHECK = 'POST /v1/direct-addresses/check';
const SHARE = 'POST /transmit-requests';

describeWith(['chromium', 'java', 'time'], 'choosing where the record goes', () => {
  const portal = usePortal();
  const choosing = chooser(portal);

  test('an address answers while it is typed, asked about once, and is read back before Share', async () => {
    const opened = await choosing();
    const { page, network, address, see, complaints } = opened;
    await addressField(opened).pressSequentially(LOPEZ, { delay: 20 });
    await see('This address belongs to');
    expect(network.calls(CHECK)).toBe(1);
    await address('');
    await address(LOPEZ);
    await see('This address belongs to');
    expect(network.calls(CHECK)).toBe(1);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  }, 60_000);

  test.each([1024, 360])(
    'what comes later moves no button from under a finger: %d pixels wide',
    async (width) => {
      const user = patientUser(await portal().patient());
      const opened = await portal().open({ user, viewport: { width, height: 900 } });
      const { page, network, fill, see } = opened;
      await network.slow(1000);
      await toChoose(opened, en);
      await see(en.busy.loading);
      const share = page.getByRole('button', { name: words.share, exact: true });
      const before = await share.boundingBox();
      await fill(words.address, LOPEZ);
      await see('This address belongs to');
      await page.getByText(en.busy.loading).waitFor({ state: 'detached' });
      expect(await share.boundingBox()).toEqual(before);
    },
    60_000,
  );

  test('what the API says of an address stands at its field', async () => {
    const opened = await choosing();
    const { address, see, network, page } = opened;
    const wrong = page.locator('.field .wrong');
    await address('dr.lee@nobody.example.org');
    await see('No certificate is published for this address');
    await address(HOLDER_ADDRESS);
    await see('This is the address that the record is sent from.');
    expect(await wrong.count()).toBe(1);
    await network.answerInstead(CHECK, 200, { address: LOPEZ, reachability: 'cannot-tell-now' });
    await address(LOPEZ);
    await see(words.notNow);
    await network.answerInstead(CHECK, 200, {
      address: HEART,
      reachability: 'unknown',
      sentence: 'Somebody else finds out.',
    });
    await address(HEART);
    await see('Somebody else finds out.');
    await network.answerInstead(CHECK, 429, { code: 'edge/too-many-calls', detail: 'Wait.' });
    await address('records@direct.example.net');
    await see(words.notNow);
    expect(await wrong.count()).toBe(0);
    await expectAccessible(page);
  }, 60_000);

  test('a search that is cut in the middle of a letter is a search, and the fields go on', async () => {
    const { page, fill, see, address, complaints } = await choosing();
    await fill(words.find, `${'a'.repeat(99)}\u{1f600}`);
    await see(filled(words.found, { n: '0' }));
    await address(LOPEZ);
    await see('This address belongs to');
    expect(await page.getByLabel(words.find).inputValue()).toContain('\u{1f600}');
    expect(complaints).toEqual([]);
  });

  test.each([
    ['nothing', '', words.empty],
    ['no address', 'Dr Lopez', words.noAt],
    ['an address that is none', 'dr.lopez@localhost', words.bad],
    ['letters beyond ASCII before the @', 'dr.lópez@direct.example.net', words.bad],
    ['much', `${'a'.repeat(3000)}@direct.example.net`, words.long],
    ['a mark that turns direction', 'dr.lopez@\u202eten.elpmaxe.tcerid', words.hidden],
    ['no width', 'dr.lopez@direct.exam\u200bple.net', words.hidden],
  ])(
    '%s stops Share, and says what is wrong',
    async (_, typed, why) => {
      const opened = await choosing();
      const { address, share, page, network } = opened;
      await address(typed);
      await share();
      expect(await stoppedAt(addressField(opened))).toContain(why);
      expect(await addressField(opened).inputValue()).toBe(typed);
      await expectAccessible(page);
      expect([network.calls(CHECK), network.calls(SHARE)]).toEqual([0, 0]);
    },
    60_000,
  );

  test('what nobody has finished yet is wrong when it is left, and an empty field is passed by', async () => {
    const opened = await choosing();
    const { page } = opened;
    const field = addressField(opened);
    const isQuiet = async () => {
      await setTimeout(400);
      expect(await field.getAttribute('aria-invalid')).toBeNull();
    };
    await field.focus();
    await page.keyboard.press('Tab');
    await isQuiet();
    await field.pressSequentially('dr.lopez');
    await isQuiet();
    await page.keyboard.press('Tab');
    expect(await wrongIn(field)).toContain(words.noAt);
    await field.pressSequentially('@');
    await isQuiet();
  }, 60_000);

  test('pasted blanks, ends of lines, a link and a name are taken off', async () => {
    const opened = await choosing();
    const { address, see, network, share, truth } = opened;
    await address('  Lopez, Maria <mailto:dr.lopez @Direct.example.net>\u00a0');
    await see('This address belongs to');
    await address(`mailto:${LOPEZ}?subject=record`);
    await see('This address belongs to');
    expect(network.calls(CHECK)).toBe(1);
    await share();
    await shared(opened);
    expect((await truth.requests())[0]?.addresses[0]?.address).toBe(LOPEZ);
  }, 60_000);

  test('letters that look like others are shown as they are written, and do not stop Share', async () => {
    const opened = await choosing();
    const { address, see, network, share, truth } = opened;
    const asked = { reachability: 'reachable', proved: 'mailbox', organization: 'Fair Clinic' };
    await network.answerInstead(CHECK, 200, { address: 'a@xn--drect-n2e.example.net', ...asked });
    // The second letter is Cyrillic.
    await address('a@d\u0456rect.example.net');
    await see('d\u0456rect.example.net = xn--drect-n2e.example.net');
    await see('This address belongs to Fair Clinic.');
    await see('Look closely');
    await share();
    await shared(opened);
    expect((await truth.requests())[0]?.addresses[0]?.address).toBe('a@xn--drect-n2e.example.net');
  }, 60_000);

  test('a place is found and shared with in two interactions, its address checked meanwhile', async () => {
    const opened = await choosing();
    const { page, find, share, network, interactions, truth, heard } = opened;
    const before = interactions();
    await find('heart port', /Portland Heart Center/);
    expect(await addressField(opened).inputValue()).toBe(HEART);
    await hasFocus(addressField(opened));
    expect(interactions() - before).toBe(2);
    await expectAccessible(page);
    await share();
    await shared(opened);
    expect(network.calls(CHECK)).toBe(1);
    const [request, ...others] = await truth.requests();
    expect([others, request?.frequency]).toEqual([[], 'once']);
    expect(request?.addresses[0]?.address).toBe(HEART);
    expect(heard).toContainEqual({ type: 'share-requested', detail: { requestId: request?.id } });
  }, 60_000);

  test('what was sent to before stands there without a search', async () => {
    const opened = await choosing();
    await opened.address(LOPEZ);
    await opened.share();
    await shared(opened);
    await opened.press(en.copies.done);
    await opened.toTerms();
    await opened.press(en.terms.next);
    await opened.page.getByRole('button', { name: LOPEZ }).waitFor();
    await opened.see(`${en.places.before}:`);
    await expectAccessible(opened.page);
    await opened.press(new RegExp(LOPEZ));
    expect(await addressField(opened).inputValue()).toBe(LOPEZ);
  }, 60_000);

  test('all of it works with keys alone, in Spanish too', async () => {
    const patient = await portal().patient();
    const opened = await portal().open({ user: patientUser(patient), lang: 'es' });
    await toChoose(opened, es);
    const { page } = opened;
    const { keyboard } = page;
    expect(await focusOn(page)).toBe(`h2 ${es.choose.title}`);
    await keyboard.press('Tab');
    await keyboard.type('corazón heart');
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type('heart');
    await page.getByRole('button', { name: /Portland Heart Center/ }).waitFor();
    await expectAccessible(page);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.getByText(es.choose.belongs.split('{')[0] ?? '').waitFor();
    // On: another address, the box, more choices, Share.
    for (let stop = 0; stop < 4; stop++) await keyboard.press('Tab');
    expect(await focusOn(page)).toBe(`button ${es.choose.share}`);
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: es.copies.heading }).waitFor();
  }, 60_000);
});
