import { expect, test } from '@jest/globals';
import { en } from '../../portal/words/en.ts';
import { filled } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { focusOn } from './support/checks.ts';
import { usePortal } from './support/portal.ts';
import { HEART, LOPEZ } from './support/states.ts';
import { standingOrder, truthOf } from './support/truth.ts';
import { patientUser } from './support/users.ts';
import { patientWalk, toChoose } from './support/walk.ts';

const { advice, status } = en.copies;

describeWith(['chromium', 'java', 'time'], 'when something fails', () => {
  const portal = usePortal({
    settings: {
      deadlines: {
        processedWithinSeconds: 8,
        dispatchedWithinSeconds: 8,
        retryForSeconds: 10,
        retryAfterSeconds: [1],
        doorbellLostAfterSeconds: 5,
      },
    },
  });

  const begin = async () => {
    const patient = await portal().patient();
    const user = patientUser(patient);
    const caller = await portal().apiAs(user);
    const opened = await portal().open({ user });
    return {
      patient,
      caller,
      opened,
      truth: truthOf(caller, patient),
      walk: patientWalk(opened, en),
    };
  };

  const arrivedAt = (address: string) =>
    portal().system.partner.received.filter(({ recipients }) => recipients.includes(address));

  test.each([
    ['failed', advice.address],
    ['undeliverable', advice.address],
    ['refuse', advice.ours],
    ['silent', advice.theirs],
  ])(
    '%s@ is told with what to do',
    async (mailbox, told) => {
      const { opened, truth, walk } = await begin();
      await toChoose(opened, en);
      await walk.address(`${mailbox}@direct.example.net`);
      await walk.share();
      await opened.see(status.failed, 40_000);
      await opened.see(told);
      const [copy] = await truth.copies();
      expect(copy?.status).toBe('failed');
      expect(opened.heard.at(-1)).toMatchObject({
        type: 'share-status',
        detail: { status: 'failed', code: copy?.code },
      });
      // The failure is still there for who comes back later.
      await opened.press(en.copies.done);
      await opened.see(status.failed);
    },
    90_000,
  );

  test('one copy fails beside one that arrives: each is told of its own', async () => {
    const { opened, walk } = await begin();
    await toChoose(opened, en);
    await walk.address(HEART);
    await walk.another();
    await walk.address('refuse@direct.example.net', 2);
    await walk.share();
    const line = (address: string) => opened.page.locator('li', { hasText: address });
    await line(HEART).getByText(status.delivered).waitFor({ timeout: 40_000 });
    await line('refuse@').getByText(status.failed).waitFor({ timeout: 40_000 });
  }, 90_000);

  test('the API is down at each screen: what was typed stays, and the same button brings it on', async () => {
    const { opened, truth, walk } = await begin();
    const { network, page, press, see } = opened;
    const again = async (): Promise<void> => {
      await see(en.trouble.unreachable, 20_000);
      expect(await focusOn(page)).toContain(en.trouble.unreachable);
      network.up();
      await press(en.trouble.again);
    };
    await network.down();
    await page.reload();
    await see(en.trouble.unreachable, 20_000);
    network.up();
    await press(en.trouble.again);
    await see(en.places.none);

    await network.down();
    await walk.toTerms();
    await again();
    await see(en.terms.name);

    await network.down();
    await walk.agree();
    await again();
    await see(en.choose.title);
    expect(await truth.consents()).toHaveLength(1);

    await network.down('POST /transmit-requests');
    await walk.address(LOPEZ);
    await walk.share();
    await see(en.trouble.unreachable, 20_000);
    expect(await page.getByLabel(en.choose.address, { exact: true }).inputValue()).toBe(LOPEZ);
    await again();
    await see(status.delivered, 30_000);
    expect(await truth.requests()).toHaveLength(1);
  }, 120_000);

  test('who tries again keeps a place on the screen while it is under way', async () => {
    const { opened, walk } = await begin();
    await toChoose(opened, en);
    await walk.address(LOPEZ);
    await opened.see(filled(en.choose.belongs, { name: 'Partner Clinic' }));
    await opened.network.down('POST /transmit-requests');
    await walk.share();
    await opened.see(en.trouble.unreachable, 20_000);
    opened.network.up();
    await opened.network.slow(1500);
    await opened.press(en.trouble.again);
    await opened.see(en.busy.working);
    expect(await focusOn(opened.page)).toBe(`h2 ${en.choose.title}`);
    await opened.see(en.copies.heading);
  }, 60_000);

  test('the API goes down while a copy is followed: it says so, goes on by itself, and ends at delivered', async () => {
    const { opened, walk } = await begin();
    await toChoose(opened, en);
    await walk.address(HEART);
    await walk.share();
    await opened.see(en.copies.heading);
    await opened.network.down();
    await opened.see(en.copies.stale, 30_000);
    opened.network.up();
    await opened.see(status.delivered, 30_000);
    await opened.page.getByText(en.copies.stale).waitFor({ state: 'detached' });
  }, 90_000);

  test('a token expires in mid-flow: the page is asked for a new one, and nothing is lost', async () => {
    const { opened, truth, walk } = await begin();
    const { network, tokens } = opened;
    await walk.toTerms();
    await network.answerInstead('POST /consents', 401, {});
    await walk.agree();
    await opened.see(en.choose.title);
    expect(tokens.asked).toEqual([{ kind: 'first' }, { kind: 'expired' }]);
    expect(await truth.consents()).toHaveLength(1);
  }, 60_000);

  test('the first token is an old one: the page is asked for another at once', async () => {
    const { opened } = await begin();
    opened.tokens.next('expired');
    await opened.page.reload();
    await opened.see(en.places.none);
    expect(opened.tokens.asked.slice(1)).toEqual([{ kind: 'first' }, { kind: 'expired' }]);
  }, 60_000);

  test('the sign-in is over: what was typed stays, and who signs in again goes on', async () => {
    const { opened, truth, walk } = await begin();
    const { network, page, tokens } = opened;
    await toChoose(opened, en);
    await walk.address(LOPEZ);
    await opened.see(filled(en.choose.belongs, { name: 'Partner Clinic' }));
    await network.answerInstead('POST /transmit-requests', 401, {});
    tokens.next('none');
    await walk.share();
    await opened.see(en.trouble.signedOut);
    expect(await page.getByLabel(en.choose.address, { exact: true }).inputValue()).toBe(LOPEZ);
    await opened.press(en.trouble.signIn);
    await opened.see(en.copies.heading);
    expect(await truth.requests()).toHaveLength(1);
  }, 60_000);

  test('a slow network shows that something is under way, and a second press does nothing', async () => {
    const { opened, truth, walk } = await begin();
    await toChoose(opened, en);
    await walk.address(LOPEZ);
    await opened.see(filled(en.choose.belongs, { name: 'Partner Clinic' }));
    await opened.network.slow(1500);
    await walk.share();
    await opened.see(en.busy.working);
    const share = opened.page.getByRole('button', { name: en.choose.share, exact: true });
    expect(await share.getAttribute('aria-disabled')).toBe('true');
    await share.click({ force: true });
    await opened.see(en.copies.heading);
    expect(opened.network.calls('POST /transmit-requests')).toBe(1);
    expect(await truth.requests()).toHaveLength(1);
  }, 60_000);

  test('answers are lost, of every attempt: who presses again has one request, and one copy arrives', async () => {
    // Nobody else of these tests writes there.
    const address = 'once@direct.example.net';
    const { opened, truth, walk } = await begin();
    const { network } = opened;
    await walk.toTerms();
    await network.loseAnswer('POST /consents', 2);
    await walk.agree();
    await opened.see(en.choose.title, 20_000);
    expect(await truth.consents()).toHaveLength(1);
    await walk.address(address);
    await network.loseAnswer('POST /transmit-requests', 3);
    await walk.share();
    await opened.see(en.trouble.unreachable, 20_000);
    await opened.press(en.trouble.again);
    await opened.see(status.delivered, 30_000);
    expect(network.calls('POST /transmit-requests')).toBe(4);
    expect(await truth.requests()).toHaveLength(1);
    expect(await truth.copies()).toHaveLength(1);
    expect(arrivedAt(address)).toHaveLength(1);
  }, 90_000);

  test('the answer to a stop is lost: it is stopped once, and said so', async () => {
    const { patient, caller, opened, truth } = await begin();
    await standingOrder(caller, patient, LOPEZ);
    await opened.page.reload();
    await opened.network.loseAnswer('POST /revoke', 1);
    await opened.press(filled(en.places.stopOf, { to: LOPEZ }));
    await opened.press(en.places.stop);
    await opened.see(filled(en.places.stopped, { to: LOPEZ }));
    expect(await truth.requests()).toMatchObject([{ status: 'revoked' }]);
  }, 60_000);
});
