import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { callerAs } from '../../infra/local/api-client.ts';
import { SAMPLE_PATIENTS } from '../../infra/local/sample/record.ts';
import { wordsIn } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { focusOn } from './support/checks.ts';
import { usePortal } from './support/portal.ts';
import { newPatient, patientUser } from './support/users.ts';
import { patientWalk, toChoose } from './support/walk.ts';

const LOPEZ = 'dr.lopez@direct.example.net';
/** The partner says of mail to it that it could not deliver it. */
const FAILING = 'failed@direct.example.net';
/** For functions that start on a busy machine. */
const LONG_MS = 60_000;
const LOOK = 'GET /transmissions';

describeWith(['chromium', 'java', 'time'], 'the copies of a new request', () => {
  const portal = usePortal();
  const words = wordsIn('en');
  const { status, advice } = words.copies;

  /** Shares, up to where it is seen what becomes of the copies. */
  const shared = async (patient: string, addresses: readonly string[]) => {
    const opened = await portal().open({ user: patientUser(patient) });
    await toChoose(opened, words);
    const walk = patientWalk(opened, words);
    for (const [index, address] of addresses.entries()) {
      if (index > 0) await walk.another();
      await walk.address(address, index + 1);
    }
    await walk.share();
    await opened.see(words.copies.heading, 20_000);
    const line = (address: string) => opened.page.locator('.copies li', { hasText: address });
    return { ...opened, line };
  };

  test('are followed to the end of each: where it arrived, and where not why and what to do', async () => {
    const at = await shared(await portal().patient(), [LOPEZ, FAILING]);
    expect(await focusOn(at.page)).toBe(`h2 ${words.copies.heading}`);
    await at.line(LOPEZ).getByText(status.delivered).waitFor({ timeout: LONG_MS });
    // What becomes of each is read out, with its address.
    expect(await at.line(LOPEZ).getAttribute('aria-live')).toBe('polite');
    expect(await at.line(LOPEZ).getAttribute('aria-atomic')).toBe('true');
    await at.line(FAILING).getByText(status.failed).waitFor({ timeout: LONG_MS });
    const failed = await at.line(FAILING).innerText();
    expect(failed).toContain('could not deliver the message');
    expect(failed).toContain(advice.address);
    expect(await at.line(LOPEZ).innerText()).toContain('Partner Clinic');
    await expectAccessible(at.page);
    const ends = at.heard.filter(({ type, detail }) => type === 'share-status' && 'code' in detail);
    expect(ends).toMatchObject([
      { detail: { status: 'failed', code: 'notification/recipient-failed' } },
    ]);
    const looks = at.network.calls(LOOK);
    await sleep(2500);
    expect(at.network.calls(LOOK)).toBe(looks);
    await at.press(words.copies.done);
    await at.see(words.places.title);
  }, 180_000);

  test('wait for a record that is not there, and nobody looks while the page is hidden or left', async () => {
    const { id, ...patient } = newPatient(SAMPLE_PATIENTS.ana);
    const ehr = await callerAs(portal().system, { kind: 'system' });
    await ehr.call(`PUT /v1/patients/${id}`, z.unknown(), patient);
    const at = await shared(id, [LOPEZ]);
    await at.see(words.copies.none);
    expect(await at.line(LOPEZ).innerText()).toContain(status.waiting);
    const looksWithin = async (milliseconds: number): Promise<number> => {
      const before = at.network.calls(LOOK);
      await sleep(milliseconds);
      return at.network.calls(LOOK) - before;
    };
    expect(await looksWithin(3500)).toBeGreaterThan(1);
    const hide = (isHidden: boolean) =>
      at.page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await hide(true);
    await sleep(500);
    expect(await looksWithin(2500)).toBe(0);
    await hide(false);
    expect(await looksWithin(1500)).toBeGreaterThan(0);
    await at.press(words.copies.done);
    await at.see(words.places.title);
    await sleep(500);
    expect(await looksWithin(2500)).toBe(0);
  }, 120_000);

  test('are looked at on, when the network fails and when the sign-in has ended', async () => {
    const patient = await portal().patient();
    const at = await shared(patient, [LOPEZ]);
    await at.network.down(LOOK);
    await at.see(words.copies.stale, 20_000);
    await expectAccessible(at.page);
    at.network.up();
    await at.network.answerInstead(LOOK, 401, { code: 'edge/token-expired' });
    at.tokens.next('none');
    await at.see(words.trouble.signedOut, 20_000);
    await expectAccessible(at.page);
    await at.press(words.trouble.signIn);
    await at.page.getByText(words.trouble.signedOut).waitFor({ state: 'detached' });
    expect(await focusOn(at.page)).toBe(`h2 ${words.copies.heading}`);
    await at.line(LOPEZ).getByText(status.delivered).waitFor({ timeout: LONG_MS });
    expect([at.complaints, at.strangers]).toEqual([[], []]);
  }, 180_000);
});
