import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { callerAs } from '../../infra/local/api-client.ts';
import { en } from '../../portal/words/en.ts';
import { es } from '../../portal/words/es.ts';
import { filled } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { focusFaultsOn, focusOn, sidewaysOn, smallTargetsOn } from './support/checks.ts';
import type { Opening } from './support/opened.ts';
import { usePortal } from './support/portal.ts';
import { standingOrder, truthOf } from './support/truth.ts';
import { patientUser } from './support/users.ts';

const [LOPEZ, HEART] = ['dr.lopez@direct.example.net', 'intake@direct.example.net'];
const [REFUSES, HANGS] = ['refuse@direct.example.net', 'hang@direct.example.net'];
const words = en.places;
const to = (text: string, address: string): string => filled(text, { to: address });

describeWith(['chromium', 'java', 'time'], 'where my record goes', () => {
  const portal = usePortal();

  /** Somebody with standing orders of which no copy was sent. */
  const orders = async (...addresses: readonly string[]) => {
    const patient = await portal().patient();
    const user = patientUser(patient);
    const caller = await portal().apiAs(user);
    const ids: string[] = [];
    for (const each of addresses) ids.push(await standingOrder(caller, patient, each));
    const there = `/v1/patients/${patient}` as const;
    const open = (opening: Partial<Opening> = {}) => portal().open({ user, ...opening });
    return { patient, caller, ids, there, open, truth: truthOf(caller, patient) };
  };

  /** A copy of each now, and what becomes of it. */
  const sent = async (
    { caller, there, ids, truth }: Awaited<ReturnType<typeof orders>>,
    until: (statuses: readonly string[]) => boolean,
  ) => {
    for (const id of ids) {
      await caller.call(`POST ${there}/transmit-requests/${id}/send`, z.unknown());
    }
    for (;;) {
      const copies = await truth.copies();
      if (until(copies.map(({ status }) => status))) return;
      await new Promise((wake) => setTimeout(wake, 250));
    }
  };

  test('nothing goes anywhere: it says so, and the screen is sound', async () => {
    const { open } = await orders();
    const { page, see, complaints } = await open();
    await see(words.none);
    expect(await page.getByRole('button', { name: words.all }).count()).toBe(0);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  test('each address stands there with what became of its last copy', async () => {
    const some = await orders(LOPEZ, REFUSES);
    await sent(some, (all) => all.includes('delivered') && all.includes('failed'));
    for (const lang of ['en', 'es'] as const) {
      const { page, see } = await some.open({ lang, viewport: { width: 320, height: 640 } });
      const texts = (lang === 'en' ? en : es).copies.status;
      await see(texts.delivered);
      await see(texts.failed);
      expect(await page.locator('.entry').count()).toBe(2);
      await expectAccessible(page);
      await page
        .getByRole('button', { name: to((lang === 'en' ? en : es).places.stopOf, LOPEZ) })
        .click();
      await expectAccessible(page);
      expect([await sidewaysOn(page), await smallTargetsOn(page)]).toEqual([[], []]);
      expect(await focusFaultsOn(page)).toEqual([]);
    }
  }, 60_000);

  test('what was sent once and arrived is folded away, and there is nothing to stop', async () => {
    const some = await orders(LOPEZ);
    await some.caller.call(`POST ${some.there}/transmit-requests`, z.unknown(), {
      addresses: [HEART],
      frequency: 'once',
    });
    await sent({ ...some, ids: [] }, (all) => all.includes('delivered'));
    const { page, see, press } = await some.open();
    await see(words.before);
    expect(await page.locator('details .entry').allTextContents()).toEqual([
      expect.stringContaining(HEART),
    ]);
    await page.getByText(words.before).click();
    expect(await page.locator('details').getByRole('button').count()).toBe(0);
    await expectAccessible(page);
    await press(to(words.stopOf, LOPEZ));
    await press(words.stop);
    await see(words.none);
  }, 60_000);

  test('a copy that may be on its way when it is stopped is told of', async () => {
    const some = await orders(HANGS);
    await sent(some, (all) => all.includes('uncertain') || all.includes('sending'));
    const { see, press, heard } = await some.open();
    await press(to(words.stopOf, HANGS));
    await press(words.stop);
    await see(to(words.onWay, HANGS));
    expect(heard).toEqual([{ type: 'share-stopped', detail: { requestIds: some.ids } }]);
  }, 60_000);

  test('by keys alone: asked once, Escape keeps it, and then it is stopped', async () => {
    const some = await orders(LOPEZ);
    const { page, key, see, network } = await some.open();
    await page.getByRole('button', { name: to(words.stopOf, LOPEZ) }).focus();
    await key('Enter');
    await see(to(words.stopAsk, LOPEZ));
    expect(await focusOn(page)).toContain(to(words.stopAsk, LOPEZ));
    await key('Escape');
    expect(await focusOn(page)).toBe(`button × ${words.stop}`);
    expect(await page.getByText(to(words.stopAsk, LOPEZ)).count()).toBe(0);
    await key('Enter');
    await see(to(words.stopAsk, LOPEZ));
    await key('Tab');
    expect(await focusOn(page)).toBe(`button ${words.stop}`);
    expect(network.calls('POST /revoke')).toBe(0);
    await key('Enter');
    await see(to(words.stopped, LOPEZ));
    expect(await focusOn(page)).toContain(to(words.stopped, LOPEZ));
    expect(await some.truth.requests()).toMatchObject([{ status: 'revoked' }]);
  }, 60_000);

  test('one address of a request is stopped, and the request goes on to the other', async () => {
    const some = await orders();
    await standingOrder(some.caller, some.patient, LOPEZ);
    const { id } = await some.caller.call(
      `POST ${some.there}/transmit-requests`,
      z.looseObject({ id: z.string() }),
      { addresses: [HEART, LOPEZ], frequency: 'on-update', sendNow: false },
    );
    const { page, press, see, heard } = await some.open();
    await see(HEART);
    expect(await page.locator('.entry').count()).toBe(3);
    await press(to(words.stopOf, HEART));
    await press(words.stop);
    await see(to(words.stopped, HEART));
    expect(heard).toEqual([{ type: 'share-changed', detail: { requestId: id } }]);
    const changed = (await some.truth.requests()).find((each) => each.id === id);
    expect(changed?.addresses.map(({ status }) => status).sort()).toEqual(['active', 'revoked']);
  }, 60_000);

  test('of two requests that name an address one is stopped: the other stands there still', async () => {
    const some = await orders(LOPEZ, LOPEZ);
    const { page, press, see } = await some.open();
    const stops = page.getByRole('button', { name: to(words.stopOf, LOPEZ) });
    await see(LOPEZ);
    await stops.first().click();
    await press(words.stop);
    await see(to(words.stopped, LOPEZ));
    await stops.click();
    expect(await page.getByText(words.none).count()).toBe(0);
    await press(words.stop);
    await see(words.none);
    await see(to(words.stopped, LOPEZ));
  }, 60_000);

  test('what is stopped cannot be pressed again, also when the list cannot be read anew', async () => {
    const some = await orders(LOPEZ);
    const { page, network, press, see } = await some.open();
    await press(to(words.stopOf, LOPEZ));
    await network.down('GET /transmissions');
    await press(words.stop);
    await see(to(words.stopped, LOPEZ));
    expect(await page.getByRole('button', { name: to(words.stopOf, LOPEZ) }).count()).toBe(0);
    await see(en.trouble.unreachable);
    network.up();
    await press(en.trouble.again);
    await see(words.none);
    await see(to(words.stopped, LOPEZ));
  }, 60_000);

  test('a lost answer is asked for again, and it is stopped once', async () => {
    const some = await orders(LOPEZ);
    const { network, press, see, heard } = await some.open();
    await press(to(words.stopOf, LOPEZ));
    await network.loseAnswer('POST /revoke', 3);
    await press(words.stop);
    await see(en.trouble.unreachable);
    await press(en.trouble.again);
    await see(to(words.stopped, LOPEZ));
    expect(network.calls('POST /revoke')).toBe(4);
    expect(heard.filter(({ type }) => type === 'share-stopped')).toHaveLength(1);
  }, 60_000);

  test('what is paused says why, and goes on when it is let', async () => {
    const some = await orders(LOPEZ);
    const other = await orders();
    const ehr = await callerAs(portal().system, { kind: 'system' });
    await ehr.call(`POST ${some.there}/merge`, z.unknown(), { from: other.patient });
    const { press, see, page, heard } = await some.open();
    await press(`${words.goOn}: ${LOPEZ}`);
    await see(to(words.goesOn, LOPEZ));
    expect(await some.truth.requests()).toMatchObject([{ status: 'active' }]);
    expect(heard).toEqual([{ type: 'share-changed', detail: { requestId: some.ids[0] } }]);
    await expectAccessible(page);
    expect(await page.getByRole('button', { name: new RegExp(words.goOn) }).count()).toBe(0);
  }, 60_000);

  test('while the API is down Share works, and what goes where is tried again', async () => {
    const some = await orders(LOPEZ);
    const { page, network, press, see } = await some.open();
    await see(LOPEZ);
    await press(words.activity);
    await network.down('GET /transmissions');
    await press(en.back);
    await see(en.trouble.unreachable);
    expect(await page.getByRole('button', { name: en.home.share }).isEnabled()).toBe(true);
    await expectAccessible(page);
    network.up();
    await press(en.trouble.again);
    await see(LOPEZ);
    expect(await focusOn(page)).toBe(`h2 ${en.title}`);
  }, 60_000);

  test('a token that ends meanwhile is renewed, and nothing is lost', async () => {
    const some = await orders(LOPEZ);
    const opened = await portal().open({ user: patientUser(some.patient) });
    opened.tokens.next('expired');
    await opened.network.answerInstead('POST /revoke', 401, { code: 'edge/token-expired' });
    await opened.press(to(words.stopOf, LOPEZ));
    await opened.press(words.stop);
    await opened.see(en.trouble.signedOut);
    await opened.press(en.trouble.signIn);
    await opened.see(to(words.stopped, LOPEZ));
    expect(await some.truth.requests()).toMatchObject([{ status: 'revoked' }]);
  }, 60_000);
});
