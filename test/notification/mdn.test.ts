import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readMdn } from '../../shared/notification/mdn.ts';
import { readMime } from '../../shared/secure/mime.ts';
import { cases } from '../support/counts.ts';
import { describeWith, SHARED } from '../support/needs.ts';

const read = (bytes: Uint8Array, headerIsSigned = true) => {
  const entity = readMime(bytes);
  return entity.ok ? readMdn(entity.value, headerIsSigned) : entity;
};

/** A report as our own partner writes it, with the lines of its machine part replaced or added. */
const mdn = (lines: readonly string[], head: readonly string[] = []): Uint8Array =>
  Buffer.from(
    [
      'From: Dr. Lee <dr.lee@direct.clinic.example>',
      'Message-ID: <notice-1@direct.clinic.example>',
      ...head,
      'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Processed.',
      '--b',
      'Content-Type: message/disposition-notification',
      '',
      ...lines,
      '',
      '--b--',
      '',
    ].join('\r\n'),
  );

const GOOD = [
  'Reporting-UA: direct.clinic.example; test',
  'Final-Recipient: rfc822; dr.lee@direct.clinic.example',
  'Original-Message-ID: <abc@direct.holder.example>',
  'Disposition: automatic-action/MDN-sent-automatically;processed',
];

const without = (name: string): readonly string[] => GOOD.filter((line) => !line.startsWith(name));

const idOf = (lines: readonly string[]) => {
  const notice = read(mdn(lines));
  return notice.ok ? notice.value.id : notice.failure.code;
};

const vector = (name: string) =>
  read(readFileSync(join(SHARED, 'vectors/notifications', `${name}.eml`)));

describe('an MDN', () => {
  test('says which message, for whom, and what became of it', () => {
    expect(read(mdn(GOOD))).toMatchObject({
      ok: true,
      value: {
        originalMessageId: 'abc@direct.holder.example',
        finalRecipient: 'dr.lee@direct.clinic.example',
        disposition: 'processed',
        error: false,
        final: false,
      },
    });
  });

  test('is final by the X-DIRECT field, even an empty one', () => {
    const lines = [
      ...without('Disposition'),
      'Disposition: a/b; dispatched',
      'X-DIRECT-FINAL-DESTINATION-DELIVERY:',
    ];
    expect(read(mdn(lines))).toMatchObject({ value: { disposition: 'dispatched', final: true } });
  });

  test.each([
    ['automatic-action/MDN-sent-automatically;processed/error', 'processed', true],
    ['automatic-action/MDN-sent-automatically; error', 'failed', true],
    ['automatic-action/MDN-sent-automatically; FAILED', 'failed', false],
    ['automatic-action/MDN-sent-automatically;denied', 'denied', false],
    ['manual-action/MDN-sent-manually; displayed/warning', 'displayed', false],
  ])('`%s` is %s, error: %s', (value, disposition, error) => {
    const answer = read(mdn([...without('Disposition'), `Disposition: ${value}`]));
    expect(answer).toMatchObject({ value: { disposition, error } });
  });

  test('with a Failure field is an error, with an empty one it is not', () => {
    expect(read(mdn([...GOOD, 'Failure: mailbox full']))).toMatchObject({ value: { error: true } });
    expect(read(mdn([...GOOD, 'Failure:']))).toMatchObject({ value: { error: false } });
  });

  test('that was repeated has the same id, one that says something else has not', () => {
    expect(idOf(GOOD.toReversed())).toBe(idOf(GOOD));
    expect(idOf([...GOOD, 'X-DIRECT-FINAL-DESTINATION-DELIVERY:'])).not.toBe(idOf(GOOD));
  });

  test.each([
    ['notification/not-a-notice', 'no disposition', without('Disposition')],
    [
      'notification/not-a-notice',
      'an unknown disposition',
      [...without('Disposition'), 'Disposition: a/b;eaten'],
    ],
    ['notification/no-message-id', 'no message named', without('Original')],
    [
      'notification/not-a-notice',
      'a recipient that is no address',
      [...without('Final'), 'Final-Recipient: rfc822; a b@c'],
    ],
  ])('%s: %s', (code, what, lines) => {
    const from = what.includes('recipient') ? ['From: nobody'] : [];
    const bytes = Buffer.from(mdn(lines, from))
      .toString()
      .replace(/^From: Dr.*\r\n/, from.length > 0 ? '' : '$&');
    expect(read(Buffer.from(bytes))).toMatchObject({ ok: false, failure: { code } });
  });

  test('notification/not-a-notice: ordinary mail', () => {
    expect(read(Buffer.from('From: a@b.example\r\n\r\nhello'))).toMatchObject({
      failure: { code: 'notification/not-a-notice' },
    });
  });

  test('notification/no-message-id: an unsigned header names one, and is not believed', () => {
    const bytes = mdn(without('Original'), ['In-Reply-To: <abc@direct.holder.example>']);
    expect(read(bytes)).toMatchObject({
      value: { originalMessageId: 'abc@direct.holder.example' },
    });
    expect(read(bytes, false)).toMatchObject({ failure: { code: 'notification/no-message-id' } });
  });

  test('of any bytes is an answer, never a throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 8 }),
        (lines) => {
          expect(typeof read(mdn(lines)).ok).toBe('boolean');
        },
      ),
      { numRuns: cases(200) },
    );
  });
});

describeWith(['shared'], 'MDNs of other people’s agents', () => {
  test.each([
    ['direct-mdn/dotnet-dispatched-BOM-friendly', 'dispatched', 'jean@opsstation.lab', true],
    ['direct-mdn/ri-agent-MDNMessage', 'processed', 'externuser1@starugh-stateline.com', false],
    [
      'direct-mdn/ri-common-MDNDispatchedTimeAndReliableLowerCaseOption',
      'dispatched',
      'externuser1@starugh-stateline.com',
      true,
    ],
    [
      'direct-mdn/ri-common-MDNMessageFriendlyNameFinalRecip',
      'processed',
      'externuser1@starugh-stateline.com',
      false,
    ],
    [
      'direct-mdn/ri-gateway-MDNDispatchedMessage',
      'dispatched',
      'externuser1@starugh-stateline.com',
      false,
    ],
    ['direct-mdn/ri-monitor-MDNMessage', 'processed', 'externuser1@starugh-stateline.com', false],
    ['synthetic/mdn-deleted', 'deleted', 'recip@dest.example', false],
    ['synthetic/mdn-dispatched-without-ext', 'dispatched', 'recip@dest.example', false],
    ['synthetic/mdn-ett-extra-space-disposition', 'processed', 'recip@dest.example', false],
    ['synthetic/mdn-ett-folded-fields', 'processed', 'recip@dest.example', false],
    ['synthetic/mdn-failed-leading-space', 'failed', 'recip@dest.example', false],
    ['synthetic/mdn-final-recipient-case-differs', 'processed', 'recip@dest.example', false],
    ['synthetic/mdn-no-omi-in-reply-to', 'processed', 'recip@dest.example', false],
    ['synthetic/mdn-ok-processed', 'processed', 'recip@dest.example', false],
    ['synthetic/mdn-omi-no-angle', 'processed', 'recip@dest.example', false],
    ['synthetic/mdn-unicode-global', 'processed', 'recip@dest.example', false],
    ['synthetic/mdn-wrong-recipient', 'dispatched', 'stranger@dest.example', true],
  ])('%s says %s for %s, final: %s', (name, disposition, recipient, final) => {
    const notice = vector(name);
    if (!notice.ok) throw new Error(notice.failure.code);
    expect(notice.value).toMatchObject({ disposition, final });
    expect(notice.value.finalRecipient.toLowerCase()).toBe(recipient);
  });

  test.each([
    ['synthetic/mdn-ett-missing-disposition'],
    ['non-report/is-not-bounce-01'],
    ['non-report/rfc3834-01'],
    ['direct-dsn/ri-agent-DSNMessage'],
  ])('notification/not-a-notice: %s', (name) => {
    expect(vector(name)).toMatchObject({ failure: { code: 'notification/not-a-notice' } });
  });

  test('notification/no-message-id: its fields stand in the header of the part, and none names a message', () => {
    expect(vector('direct-mdn/ri-agent-MDNResponse')).toMatchObject({
      failure: { code: 'notification/no-message-id' },
    });
  });
});
