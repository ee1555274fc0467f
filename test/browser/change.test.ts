import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { callerAs, type Caller } from '../../infra/local/api-client.ts';
import { en } from '../../portal/words/en.ts';
import { filled } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { focusFaultsOn, focusOn, sidewaysOn, smallTargetsOn } from './support/checks.ts';
import { addressField, stoppedAt, wrongIn } from './support/choosing.ts';
import { usePortal } from './support/portal.ts';
import { standingOrder, truthOf } from './support/truth.ts';
import { patientUser } from './support/users.ts';

const [LOPEZ, HEART] = ['dr.lopez@direct.example.net', 'intake@direct.example.net'];
const words = en.places;
/** What is sent of a standing order to which an address is added. */
const WANTED = {
  addresses: [LOPEZ, HEART],
  frequency: 'on-update',
  schedule: null,
  until: null,
};

const ConsentText = z.object({ language: z.string(), version: z.string(), sha256: z.string() });

const textOfToday = (caller: Caller) => caller.call('GET /v1/consent-texts/en', ConsentText);

describeWith(['chromium', 'java', 'time'], 'a standing order, changed', () => {
  const portal = usePortal();

  /** Somebody with one standing order, at its fields. */
  const changing = async (...others: readonly string[]) => {
    const patient = await portal().patient();
    const user = patientUser(patient);
    const caller = await portal().apiAs(user);
    const there = `/v1/patients/${patient}` as const;
    await standingOrder(caller, patient, LOPEZ);
    await caller.call(`POST ${there}/transmit-requests/revoke-all`, z.unknown());
    const { id } = await caller.call(
      `POST ${there}/transmit-requests`,
      z.looseObject({ id: z.string() }),
      { addresses: [LOPEZ, ...others], frequency: 'on-update', sendNow: false },
    );
    const opened = await portal().open({ user, viewport: { width: 320, height: 640 } });
    const patches: unknown[] = [];
    opened.page.on('request', (request) => {
      if (request.method() === 'PATCH') patches.push(request.postDataJSON());
    });
    await opened.press(filled(words.changeOf, { to: LOPEZ }));
    await opened.page.getByRole('button', { name: words.save }).waitFor();
    return { ...opened, patches, caller, there, id, truth: truthOf(caller, patient) };
  };

  const another = async (opened: Awaited<ReturnType<typeof changing>>, address: string) => {
    await opened.press(en.choose.another);
    await opened.fill(`${en.choose.address} 2`, address);
    await opened.see('This address belongs to');
  };

  /** The terms, so that more is asked for than is agreed to. */
  const declined = async ({ caller, there }: Awaited<ReturnType<typeof changing>>) => {
    const text = await textOfToday(caller);
    await caller.call(`POST ${there}/consents`, z.unknown(), { decision: 'rejected', text });
  };

  const addedByTheTerms = async (opened: Awaited<ReturnType<typeof changing>>) => {
    const { page, press, fill, see } = opened;
    await another(opened, HEART);
    await press(words.save);
    await fill(en.terms.name, 'Ana Rivera');
    await press(en.terms.agree);
    await page.getByRole('heading', { name: words.change }).waitFor();
    await see('This address belongs to');
    await press(words.save);
    await see(words.saved);
  };

  test('another address is added, and nothing else becomes otherwise; the screen is sound', async () => {
    const opened = await changing();
    const { page, press, see, patches, truth, complaints } = opened;
    await expectAccessible(page);
    expect([await sidewaysOn(page), await smallTargetsOn(page)]).toEqual([[], []]);
    expect(await focusFaultsOn(page)).toEqual([]);
    expect(await page.getByLabel(en.choose.often).locator('option').allTextContents()).toEqual(
      Object.values(en.often).slice(1),
    );
    await another(opened, HEART);
    await press(words.save);
    await see(words.saved);
    expect(await focusOn(page)).toContain(words.saved);
    expect(patches).toEqual([WANTED]);
    const [request] = await truth.requests();
    expect(request).toMatchObject({ frequency: 'on-update', version: 2 });
    expect(request?.addresses.map(({ address }) => address)).toEqual([LOPEZ, HEART]);
    expect(complaints).toEqual([]);
  }, 60_000);

  test('without an answer to the terms that holds, they come first, and what was typed is kept', async () => {
    const opened = await changing();
    const { patches } = opened;
    await declined(opened);
    await addedByTheTerms(opened);
    expect(patches[1]).toEqual({
      ...WANTED,
      signatureName: 'Ana Rivera',
      consentId: expect.any(String),
    });
  }, 60_000);

  test('changed by somebody else meanwhile: it says so, shows how it stands, and undoes nothing', async () => {
    const opened = await changing(HEART);
    const { caller, there, id, press, select, see, patches, truth, page, heard } = opened;
    await caller.call(`POST ${there}/transmit-requests/${id}/revoke`, z.unknown(), {
      address: HEART,
    });
    await select(en.choose.often, en.often.daily);
    await press(words.save);
    await see(words.meanwhile);
    expect(await focusOn(page)).toContain(words.meanwhile);
    expect(await page.getByLabel(en.choose.address).count()).toBe(1);
    expect(await page.getByLabel(en.choose.often).inputValue()).toBe('on-update');
    expect((await truth.requests())[0]).toMatchObject({ frequency: 'on-update' });
    expect(heard.map(({ type }) => type)).toEqual(['share-trouble']);
    await expectAccessible(page);
    await select(en.choose.often, en.often.daily);
    await press(words.save);
    await see(words.saved);
    expect(patches).toMatchObject([
      { frequency: 'daily', addresses: [LOPEZ, HEART] },
      { frequency: 'daily', addresses: [LOPEZ] },
    ]);
    const [request] = await truth.requests();
    expect(request).toMatchObject({ frequency: 'daily' });
    expect(request?.addresses).toMatchObject([{ status: 'active' }, { status: 'revoked' }]);
  }, 60_000);

  test('after that it goes on from there: also by way of the terms, and with a day that was typed before', async () => {
    const opened = await changing(HEART);
    const { caller, there, id, press, see, page, truth } = opened;
    const stop = { address: HEART };
    await caller.call(`POST ${there}/transmit-requests/${id}/revoke`, z.unknown(), stop);
    await declined(opened);
    await page.getByLabel(en.choose.until).fill('2031-01-31');
    await press(words.save);
    await see(words.meanwhile);
    expect(await page.locator('[aria-invalid]').count()).toBe(0);
    await addedByTheTerms(opened);
    const [request] = await truth.requests();
    const active = request?.addresses.filter(({ status }) => status === 'active');
    expect(active?.map(({ address }) => address)).toEqual([LOPEZ, HEART]);
  }, 60_000);

  test('a request that is a later version of the same is changed as it was typed', async () => {
    const opened = await changing();
    const { caller, there, id, press, select, see, patches, truth } = opened;
    const ehr = await callerAs(portal().system, { kind: 'system' });
    await ehr.call(`POST ${there}/merge`, z.unknown(), { from: await portal().patient() });
    await caller.call(`POST ${there}/transmit-requests/${id}/resume`, z.unknown(), {});
    await select(en.choose.often, en.often.daily);
    await press(words.save);
    await see(words.saved);
    expect(patches).toMatchObject([0, 1].map(() => ({ frequency: 'daily' })));
    expect((await truth.requests())[0]).toMatchObject({ frequency: 'daily', version: 4 });
  }, 60_000);

  test('a change whose answers are lost is done once, and told as done', async () => {
    const { network, page, press, see, patches, truth, id } = await changing();
    await page.getByLabel(en.choose.until).fill('2031-01-31');
    await network.loseAnswer(`PATCH /transmit-requests/${id}`);
    await press(words.save);
    await see(words.saved);
    const until = expect.stringMatching(/^2031-0[12]/);
    expect(patches).toEqual([0, 1].map(() => ({ ...WANTED, addresses: [LOPEZ], until })));
    expect((await truth.requests())[0]).toMatchObject({ until, version: 2 });
  }, 60_000);

  test('an end date that is over, and an address that is none, stop it before anything is sent', async () => {
    const opened = await changing();
    const { page, press, fill, patches } = opened;
    const until = page.getByLabel(en.choose.until);
    await until.fill('2020-01-31');
    await press(en.choose.another);
    await fill(`${en.choose.address} 2`, 'Dr Lee');
    await press(words.save);
    expect(await stoppedAt(addressField(opened, 2))).toContain(en.choose.noAt);
    expect(await wrongIn(until)).toContain(en.choose.over);
    await expectAccessible(page);
    await press(filled(en.choose.remove, { address: 'Dr Lee' }));
    await press(words.save);
    await stoppedAt(until);
    expect(patches).toEqual([]);
  }, 60_000);

  test('what the API has against an address stands at its field', async () => {
    const opened = await changing();
    const { network, page, press, id } = opened;
    await another(opened, HEART);
    await network.answerInstead(`PATCH /transmit-requests/${id}`, 422, {
      code: 'transmit-request/own-address',
      detail: 'That is where it comes from.',
      errors: [{ pointer: '/addresses/1', code: 'own' }],
    });
    await press(words.save);
    expect(await stoppedAt(addressField(opened, 2))).toContain('That is where it comes from.');
    expect(await page.getByRole('alert').count()).toBe(0);
  }, 60_000);

  test('Activity shows more, and the focus goes to the first new line', async () => {
    const { caller, there, press, see, page, network } = await changing();
    const text = await textOfToday(caller);
    const answer = { decision: 'accepted', text };
    for (let made = 0; made < 25; made += 1) {
      await caller.call(`POST ${there}/consents`, z.unknown(), answer);
    }
    await press(en.back);
    await press(words.activity);
    await see('The consent text was accepted.');
    const lines = page.locator('.entry');
    expect(await lines.count()).toBe(20);
    await expectAccessible(page);
    await network.down('GET /activity');
    await press(words.more);
    await see(en.trouble.unreachable);
    network.up();
    await press(en.trouble.again);
    await see('It was asked to send the record.');
    expect(await lines.count()).toBeGreaterThan(26);
    expect(await focusOn(page)).toBe(`li ${(await lines.nth(20).textContent()) ?? ''}`);
    expect(await page.getByRole('button', { name: words.more }).count()).toBe(0);
    await expectAccessible(page);
  }, 60_000);
});
