import { expect, test } from '@jest/globals';
import { en } from '../../portal/words/en.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
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

const SHARE = 'POST /transmit-requests';

describeWith(['chromium', 'java', 'time'], 'sharing with what was chosen', () => {
  const choosing = chooser(usePortal());

  test('one wrong address beside good ones stops Share; the others stay', async () => {
    const opened = await choosing();
    const { page, address, another, press, share, network, truth } = opened;
    await address(LOPEZ);
    await another();
    await address('dr.lee@nobody.example.org', 2);
    await another();
    await address(HEART, 3);
    await another();
    await address('  DR.lopez@direct.example.net', 4);
    await share();
    expect(await stoppedAt(addressField(opened, 2))).toContain('No certificate is published');
    expect(await wrongIn(addressField(opened, 4))).toContain(words.repeated);
    expect(await page.locator('[aria-invalid]').count()).toBe(2);
    await expectAccessible(page);
    await press('Remove dr.lee@nobody.example.org');
    await hasFocus(addressField(opened));
    await share();
    expect(await stoppedAt(addressField(opened, 3))).toContain(words.repeated);
    expect(network.calls(SHARE)).toBe(0);
    await press(/^Remove +DR.lopez/);
    await share();
    await shared(opened);
    expect((await truth.requests())[0]?.addresses.map((each) => each.address)).toEqual([
      LOPEZ,
      HEART,
    ]);
  }, 60_000);

  test('what the API has against an address that was taken away meanwhile is said by itself', async () => {
    const opened = await choosing();
    const { page, address, another, press, share, see } = opened;
    await address(LOPEZ);
    await another();
    await address(HEART, 2);
    await see('This address belongs to');
    await page.route('**/transmit-requests', async (route, request) => {
      if (request.method() !== 'POST') return route.fallback();
      await press(`Remove ${HEART}`);
      await route.fulfill({
        status: 422,
        headers: { 'access-control-allow-origin': '*' },
        json: {
          code: 'transmit-request/own-address',
          detail: 'That is where it comes from.',
          errors: [{ pointer: '/addresses/1', code: 'own' }],
        },
      });
    });
    await share();
    await page.getByRole('alert').getByText('That is where it comes from.').waitFor();
    expect(await page.locator('[aria-invalid]').count()).toBe(0);
  }, 60_000);

  test('what the API has against one of them stands at its field', async () => {
    const opened = await choosing();
    const { page, address, another, share, network, truth } = opened;
    await address(LOPEZ);
    await another();
    await address(HEART, 2);
    await network.answerInstead(SHARE, 422, {
      code: 'transmit-request/own-address',
      detail: 'That is where it comes from.',
      errors: [{ pointer: '/addresses/1', code: 'own' }],
    });
    await share();
    expect(await stoppedAt(addressField(opened, 2))).toContain('That is where it comes from.');
    expect(await addressField(opened).getAttribute('aria-invalid')).toBeNull();
    expect(await page.getByRole('alert').count()).toBe(0);
    await expectAccessible(page);
    await addressField(opened).focus();
    await share();
    await hasFocus(addressField(opened, 2));
    expect(network.calls(SHARE)).toBe(1);
    await address('records@direct.example.net', 2);
    await share();
    await shared(opened);
    expect((await truth.requests())[0]?.addresses).toMatchObject([
      { address: LOPEZ },
      { address: 'records@direct.example.net' },
    ]);
  }, 60_000);

  test('an answer that is lost is asked for again, and one request is on record', async () => {
    const opened = await choosing();
    await opened.address(LOPEZ);
    await opened.see('This address belongs to');
    await opened.network.loseAnswer(SHARE, 3);
    await opened.share();
    await opened.see(en.trouble.unreachable, 20_000);
    expect(await addressField(opened).inputValue()).toBe(LOPEZ);
    await opened.press(en.trouble.again);
    await shared(opened);
    expect(opened.network.calls(SHARE)).toBe(4);
    expect(await opened.truth.requests()).toHaveLength(1);
    expect(opened.heard.filter(({ type }) => type === 'share-requested')).toHaveLength(1);
  }, 60_000);

  test('a slow network: Share waits for the check, and a change takes it back', async () => {
    const opened = await choosing();
    await opened.network.slow(1500);
    await opened.address(LOPEZ);
    await opened.share();
    await opened.page.getByRole('status').getByText(en.busy.working).waitFor();
    await expectAccessible(opened.page);
    await opened.address(HEART);
    await opened.see('This address belongs to');
    expect(opened.network.calls(SHARE)).toBe(0);
    const button = opened.page.getByRole('button', { name: words.share, exact: true });
    await button.dblclick();
    await shared(opened);
    expect(opened.network.calls(SHARE)).toBe(1);
    expect((await opened.truth.requests()).map(({ addresses }) => addresses[0]?.address)).toEqual([
      HEART,
    ]);
  }, 60_000);

  test('a network that is down keeps what was typed, and says so where places are found', async () => {
    const opened = await choosing();
    await opened.network.down();
    await opened.fill(words.find, 'heart');
    await opened.see(en.trouble.unreachable);
    await hasFocus(opened.page.getByLabel(words.find));
    const trouble = { type: 'share-trouble', detail: { code: 'portal/unreachable' } };
    expect(opened.heard).toContainEqual(trouble);
    await opened.address(HEART);
    await opened.see(words.notNow);
    opened.network.up();
    await opened.press(en.trouble.again);
    await opened.page.getByRole('button', { name: /Portland Heart Center/ }).waitFor();
    expect(await addressField(opened).inputValue()).toBe(HEART);
    await opened.share();
    await shared(opened);
  }, 60_000);

  test('terms that were renewed are agreed to first, and what was chosen is kept', async () => {
    const opened = await choosing();
    await opened.address(LOPEZ);
    await opened.page.getByLabel(words.update).check();
    await opened.network.answerInstead(SHARE, 409, { code: 'consent/renew', detail: 'Renew.' });
    await opened.share();
    await opened.page.getByRole('heading', { name: en.terms.heading }).waitFor();
    await opened.press(en.terms.next);
    expect(await addressField(opened).inputValue()).toBe(LOPEZ);
    expect(await opened.page.getByLabel(words.update).isChecked()).toBe(true);
    await opened.share();
    await shared(opened);
    expect((await opened.truth.requests())[0]?.frequency).toBe('on-update');
  }, 60_000);

  test('an end that nobody finished typing, or that there is not, is not taken for none', async () => {
    const { page, address, share, truth } = await choosing();
    await address(LOPEZ);
    await page.getByText(words.more).click();
    const until = page.getByLabel(words.until);
    for (const typed of ['0131', '02319998']) {
      await until.focus();
      await page.keyboard.type(typed);
      await share();
      expect(await stoppedAt(until)).toContain(words.over);
      expect(await until.evaluate((input) => getComputedStyle(input).borderWidth)).toBe('2px');
      await until.fill('9998-12-31');
      expect(await until.getAttribute('aria-invalid')).toBeNull();
      await until.fill('');
    }
    expect(await truth.requests()).toEqual([]);
  }, 60_000);

  test('a time that was taken out is there again', async () => {
    const { page, fill, select, press } = await choosing();
    await press(words.more);
    await select(words.often, 'daily');
    await fill(words.at, '');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.getByLabel(words.at).inputValue()).toBe('08:00');
  }, 60_000);

  test('every month until a day, which must not be over', async () => {
    const opened = await choosing({ viewport: { width: 320, height: 640 } });
    const { page, address, fill, select, share, truth } = opened;
    await address(LOPEZ);
    await page.getByText(words.more).click();
    await select(words.often, 'monthly');
    await select(words.day, '31');
    await fill(words.at, '06:30');
    await fill(words.until, '2020-01-31');
    // Folded away, it comes out again.
    await page.getByText(words.more).click();
    await share();
    expect(await stoppedAt(page.getByLabel(words.until))).toContain(words.over);
    await expectAccessible(page);
    const next = new Date().getFullYear() + 1;
    await fill(words.until, `${next}-01-31`);
    await share();
    await shared(opened);
    expect((await truth.requests())[0]).toMatchObject({
      frequency: 'monthly',
      schedule: { at: '06:30', dayOfMonth: 31 },
      until: new Date(`${next}-01-31T23:59:59`).toISOString(),
    });
  }, 60_000);
});
