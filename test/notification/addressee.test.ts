import { beforeEach, describe, expect, test } from '@jest/globals';
import { SENDER } from '../lambdas/http-world.ts';
import { encryptEntity, signEntity } from '../secure/support/entities.ts';
import { RECIPIENT } from '../support/whole-path.ts';
import { noticeWorld, type NoticeWorld } from './notices.ts';

const EVE = 'eve@direct.elsewhere.example';
const FOR_ANOTHER = 'notification/for-another';

let world: NoticeWorld;
beforeEach(async () => {
  world = await noticeWorld();
});

/** A genuine notice of our recipient, written to whoever the lines say. */
const writtenTo = (...lines: readonly string[]): string =>
  world.mdn({ says: 'dispatched' }).replace(`To: ${SENDER}`, lines.join('\r\n'));

const outside = (to: string) => `From: ${RECIPIENT}\r\nTo: ${to}\r\n`;

describe('notification/for-another: what our recipient answered to a stranger who used our Message-ID', () => {
  test.each([
    ['by its address', `To: ${EVE}`],
    ['who calls herself by our address', `To: "${SENDER}" <${EVE}>`],
    ['who calls herself by our address without quotes', `To: ${SENDER} <${EVE}>`],
    ['who has our address in a comment', `To: ${EVE} (${SENDER})`],
    ['in copy', `Cc: <${EVE}>`],
    ['on two lines', `To: Eve\r\n <${EVE}>`],
  ])('%s', async (_, line) => {
    expect(await world.hearSigned(writtenTo(line), world.path.recipient)).toBe(FOR_ANOTHER);
    expect(await world.hearSigned(writtenTo(line))).toBe(FOR_ANOTHER);
  });

  test('is not fetched for: nobody asks the servers that its certificates name', async () => {
    const before = world.path.web.asked.length;
    await world.hearSigned(writtenTo(`To: ${EVE}`), world.path.recipient);
    expect(world.path.web.asked).toHaveLength(before);
  });

  test('not wrapped, and written to another outside', async () => {
    const message = world.mdn();
    const entity = Buffer.from(message.slice(message.indexOf('Content-Type')), 'latin1');
    const signed = await signEntity(entity, world.path.recipient, world.path.ports.now());
    const { certificate } = world.path.holder;
    expect(await world.hear(encryptEntity(signed, [certificate], {}, outside(EVE)))).toBe(
      FOR_ANOTHER,
    );
    expect(await world.hear(encryptEntity(signed, [certificate], {}, outside(SENDER)))).toBe(
      'processed',
    );
  });
});

describe('a notice counts that is written', () => {
  test.each([
    ['to us in another case', `To: <${SENDER.toUpperCase()}>`],
    ['to us among others', `To: ${EVE}, "Records" <${SENDER}>`],
    ['to a stranger and to us in copy', `To: ${EVE}\r\nCc: ${SENDER}`],
    ['to nobody', 'To: undisclosed-recipients:;'],
    ['without saying to whom', 'X-Nothing: here'],
  ])('%s', async (_, line) => {
    expect(await world.hearSigned(writtenTo(line), world.path.recipient)).toBe('dispatched');
  });
});

test('a name that is never closed costs no time', async () => {
  const line = `To: <${EVE}>, "${'\\"'.repeat(30_000)}`;
  const began = performance.now();
  expect(await world.hearSigned(writtenTo(line), world.path.recipient)).toBe(FOR_ANOTHER);
  expect(performance.now() - began).toBeLessThan(1000);
});
