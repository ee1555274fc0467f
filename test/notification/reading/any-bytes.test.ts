import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseDirectAddress } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import type { Reading, RecipientTelling, Telling } from '../../../shared/notification/reading.ts';
import { readRelayEvent } from '../../../shared/notification/reading/relay/read-relay-event.ts';
import { cases } from '../../support/counts.ts';
import { bytesLike, LONG_MS } from '../../support/mutations.ts';
import { describeWith, SHARED } from '../../support/needs.ts';
import { relayEvent } from '../relay-events.ts';
import { read, reportOf } from './reports.ts';

const MDN = reportOf({
  lines: [
    'Final-Recipient: rfc822; dr.lee@direct.clinic.example',
    'Original-Message-ID: <copy-1@direct.holder.example>',
    'Disposition: automatic-action/MDN-sent-automatically;dispatched/error',
    'X-DIRECT-FINAL-DESTINATION-DELIVERY:',
  ],
});
const DSN = reportOf({
  type: 'delivery-status',
  header: ['In-Reply-To: <copy-1@email.amazonses.com>', 'Auto-Submitted: auto-replied'],
  lines: [
    'Reporting-MTA: dns; mx.clinic.example',
    '',
    'Final-Recipient: rfc822; dr.lee@direct.clinic.example',
    'Action: failed (for good)',
    'Status: 5.1.1 (no such user)',
    '',
    'Final-Recipient: rfc822; dr.roe@direct.clinic.example',
    'Action: delayed',
  ],
  third: [
    'Content-Type: message/rfc822',
    '',
    'Message-ID: <copy-1@direct.holder.example>',
    '',
    'x',
  ],
});
const EVENT = JSON.stringify(relayEvent('Bounce', { recipient: 'a@b.example' }));

const isSaneRecipient = ({
  address,
  outcome,
  code,
  status = '5.0.0',
}: RecipientTelling): boolean => {
  const parsed = address === undefined ? undefined : parseDirectAddress(address);
  return (
    (parsed === undefined || (parsed.ok && parsed.value === address)) &&
    (code !== undefined) === (outcome === 'failed') &&
    /^[245]\.\d{1,3}\.\d{1,3}$/.test(status)
  );
};

const isSaneTelling = ({ id, recipients }: Telling): boolean =>
  /^[0-9a-f]{64}$/.test(id) && recipients.length <= 100 && recipients.every(isSaneRecipient);

/** Whatever came, what is made of it can be relied on. */
function isSane(outcome: Outcome<Reading>): boolean {
  if (!outcome.ok) return /^notification\/(?:too-large|bad-event)$/.test(outcome.failure.code);
  const reading = outcome.value;
  return (
    reading.names.length <= 20 &&
    reading.names.every((name) => /^[!-~]{1,500}$/.test(name)) &&
    (!('recipients' in reading) || isSaneTelling(reading))
  );
}

describe('bytes of any sort', () => {
  test.each([
    ['an MDN', MDN],
    ['a DSN', DSN],
  ])(
    'are read as something or refused with a code: like %s',
    async (_, mail) => {
      await fc.assert(
        fc.asyncProperty(bytesLike(Buffer.from(mail)), async (bytes) => {
          expect(isSane(await read(bytes))).toBe(true);
        }),
        { numRuns: cases(300, 30_000) },
      );
    },
    LONG_MS,
  );

  test(
    'are read as something or refused with a code: like an event',
    () => {
      fc.assert(
        fc.property(bytesLike(Buffer.from(EVENT)), (bytes) => {
          expect(isSane(readRelayEvent(bytes.toString()))).toBe(true);
        }),
        { numRuns: cases(500, 50_000) },
      );
    },
    LONG_MS,
  );

  test(
    'JSON of any sort is read as something or refused with a code',
    () => {
      const about = fc.record(
        {
          eventType: fc.constantFrom('Bounce', 'Delivery', 'Reject', 'Send', 'Complaint'),
          mail: fc.record({ messageId: fc.string(), destination: fc.array(fc.string()) }),
          bounce: fc.record({ bounceType: fc.string(), bouncedRecipients: fc.anything() }),
          delivery: fc.record({ recipients: fc.anything() }),
          complaint: fc.anything(),
        },
        { requiredKeys: ['mail'] },
      );
      fc.assert(
        fc.property(fc.oneof(fc.jsonValue(), about), (value) => {
          expect(isSane(readRelayEvent(JSON.stringify(value)))).toBe(true);
        }),
        { numRuns: cases(300) },
      );
    },
    LONG_MS,
  );

  test('however lines end, the same is read', async () => {
    const expected = [await read(MDN), await read(DSN)];
    // Not CR alone among others: before an LF nobody can tell whether it ended a line of its own.
    const ends = fc.infiniteStream(fc.constantFrom('\r\n', '\n', '\r\r\n'));
    await fc.assert(
      fc.asyncProperty(ends, async (stream) => {
        const ended = (mail: string) =>
          mail
            .split('\r\n')
            .map((line) => line + (stream.next().value as string))
            .join('');
        expect([await read(ended(MDN)), await read(ended(DSN))]).toEqual(expected);
      }),
      { numRuns: cases(100) },
    );
  });
});

describeWith(['shared'], 'the notices of others, damaged', () => {
  test(
    'are read as something or refused with a code',
    async () => {
      const folder = join(SHARED, 'vectors/notifications');
      const files = globSync('*/*.{eml,json}', { cwd: folder }).toSorted();
      expect(files.length).toBeGreaterThan(70);
      const one = fc
        .constantFrom(...files)
        .chain((file) => fc.tuple(fc.constant(file), bytesLike(readFileSync(join(folder, file)))));
      await fc.assert(
        fc.asyncProperty(one, async ([file, bytes]) => {
          expect(
            isSane(file.endsWith('.json') ? readRelayEvent(bytes.toString()) : await read(bytes)),
          ).toBe(true);
        }),
        { numRuns: cases(500, 50_000) },
      );
    },
    LONG_MS,
  );
});
