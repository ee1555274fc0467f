import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseDirectAddress } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import type { Reading } from '../../../shared/notification/reading.ts';
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

/** Whatever came, what is made of it can be relied on. */
function expectSane(outcome: Outcome<Reading>): void {
  if (!outcome.ok) {
    expect(outcome.failure.code).toMatch(/^notification\/(?:too-large|bad-event)$/);
    return;
  }
  const { names, ...reading } = outcome.value;
  expect(names.length).toBeLessThanOrEqual(20);
  for (const name of names) expect(name).toMatch(/^[!-~]{1,500}$/);
  if (!('recipients' in reading)) return;
  expect(reading.id).toMatch(/^[0-9a-f]{64}$/);
  expect(reading.recipients.length).toBeLessThanOrEqual(100);
  for (const { address, outcome: became, code, status = '5.0.0' } of reading.recipients) {
    if (address !== undefined)
      expect(parseDirectAddress(address)).toEqual({ ok: true, value: address });
    expect(code !== undefined).toBe(became === 'failed');
    expect(status).toMatch(/^[245]\.\d{1,3}\.\d{1,3}$/);
  }
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
          expectSane(await read(bytes));
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
          expectSane(readRelayEvent(bytes.toString()));
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
          expectSane(readRelayEvent(JSON.stringify(value)));
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
          expectSane(file.endsWith('.json') ? readRelayEvent(bytes.toString()) : await read(bytes));
        }),
        { numRuns: cases(500, 50_000) },
      );
    },
    LONG_MS,
  );
});
