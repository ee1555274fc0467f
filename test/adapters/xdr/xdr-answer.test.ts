import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { XdrPosted } from '../../../shared/adapters/xdr/post-xdr.ts';
import { receiptOfXdr } from '../../../shared/adapters/xdr/xdr-answer.ts';
import { faultAnswer, registryAnswer } from '../../../shared/package/xdr/answer.ts';
import { cases } from '../../support/counts.ts';

const ASKED = [
  { messageId: 'mid:a@b.example', isMtom: false },
  { messageId: 'mid:a@b.example', isMtom: true },
];
const SUCCESS = ASKED.map((asked) => registryAnswer(asked, 'success'));
const NO = [
  ...ASKED.map((asked) => registryAnswer(asked, { code: 'edge/unavailable', text: 'x' })),
  ...ASKED.map((asked) => registryAnswer(asked, { code: 'patient/unknown', text: 'x' })),
  faultAnswer('Sender', 'package/bad-soap', 'x'),
  faultAnswer('Receiver', 'edge/failed', 'x'),
];

const content = fc.oneof(
  fc.constantFrom(...SUCCESS, ...NO),
  fc.record({
    contentType: fc.oneof(
      fc.string(),
      fc.constantFrom(...SUCCESS, ...NO).map((c) => c.contentType),
    ),
    body: fc.oneof(
      fc.uint8Array(),
      // Cut short at any point.
      fc
        .tuple(fc.constantFrom(...SUCCESS), fc.nat(2000))
        .map(([{ body }, at]) => body.subarray(0, at)),
    ),
  }),
);

const posted: fc.Arbitrary<XdrPosted> = fc.oneof(
  fc
    .tuple(
      fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(200, 200, 401, 413, 503)),
      content,
      fc.boolean(),
    )
    .map(([status, said, hasBegun]) => ({ kind: 'answered', status, hasBegun, ...said }) as const),
  fc.record({
    kind: fc.constant('failed' as const),
    hasBegun: fc.boolean(),
    errorName: fc.constantFrom('ECONNRESET', 'ETIMEDOUT', 'SECRET Error', 'TOKEN 400', 'TOKEN 503'),
  }),
);

/** After which it is certain that nothing was taken; and `unanswered`, after which it is not. */
const CODES = /^deliver\/(?:refused|deferred|unreachable|not-authorized|too-large|unanswered)$/;

/** With 200, a whole SOAP message that says so. */
const saysYes = (each: XdrPosted): boolean =>
  each.kind === 'answered' &&
  each.status === 200 &&
  /ResponseStatusType:Success"[^]*<\/env:Envelope>/.test(Buffer.from(each.body).toString());

describe('whatever comes of a request by XDR', () => {
  test('it is taken, certainly not taken, or nobody knows', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(posted, (each) => {
        const receipt = receiptOfXdr(each);
        seen.add(receipt.ok ? 'taken' : receipt.failure.code);
        expect(receipt.ok ? saysYes(each) : CODES.test(receipt.failure.code)).toBe(true);
      }),
      { numRuns: cases(500, 20_000) },
    );
    expect(seen.size).toBe(7);
  });

  test('what may have been read and was not answered is never said to be not sent', () => {
    for (const errorName of ['ECONNRESET', 'TOKEN 400', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA']) {
      expect(receiptOfXdr({ kind: 'failed', hasBegun: true, errorName })).toEqual({
        ok: false,
        failure: { code: 'deliver/unanswered', detail: errorName },
      });
    }
  });
});
