import { beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { FailureCode } from '../../../shared/failures.ts';
import { er7 } from '../../trigger/hl7/messages.ts';
import { cases } from '../../support/counts.ts';
import { ANA, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { MRN } from '../steps.ts';
import { type Hl7World, hl7World } from './hl7-world.ts';

/** A problem where there is no header, else an acknowledgement. */
const ANSWERED =
  /^(400 trigger\/hl7-[a-z]+|200 MSH\|[^\r]+\rMSA\|A[AER]\|[^\r]*\r(ERR\|[^\r]+\r)?)$/;

let hl7: Hl7World;

beforeEach(async () => {
  hl7 = await hl7World();
});

describe('a message is refused', () => {
  test.each<[string, FailureCode, string, string]>([
    ['AR', 'trigger/hl7-merge', 'a merge of accounts', er7({ type: 'ADT^A34' })],
    ['AR', 'trigger/hl7-merge', 'an old merge', er7({ type: 'ADT^A18' })],
    ['AR', 'trigger/hl7-malformed', 'no number', er7({ controlId: '' })],
    ['AR', 'trigger/hl7-malformed', 'a number of 200', er7({ controlId: '1'.repeat(200) })],
    ['AR', 'trigger/hl7-malformed', 'a number with a break', er7({ controlId: 'a\\.br\\b' })],
    ['AR', 'trigger/hl7-malformed', 'no segment', er7({ more: ['...'] })],
    ['AR', 'trigger/hl7-batch', 'two', er7() + er7({ controlId: '2' })],
    ['AR', 'trigger/hl7-charset', 'UTF-16', er7({ charset: 'UNICODE UTF-16' })],
    ['AR', 'edge/too-large', 'too much', er7({ more: [`NTE|${'a'.repeat(256 * 1024)}`] })],
  ])('%s %s: %s', async (answer, code, _, text) => {
    await hl7.expectKeptOut(answer, code, text);
  });

  test.each<[FailureCode, string, string]>([
    ['trigger/hl7-malformed', 'nothing', ''],
    ['trigger/hl7-malformed', 'no MSH', 'PID|1'],
    ['trigger/hl7-malformed', 'JSON', '{}'],
    ['trigger/hl7-batch', 'a batch', `BHS|^~\\&\r${er7()}`],
  ])('by a problem, because there is nobody to answer to: %s: %s', async (code, _, text) => {
    await expectRefused(hl7.world, code, () => hl7.post(text));
  });

  test('edge/forbidden: from a patient', async () => {
    const as = { ...ANA, scopes: SYSTEM.scopes };
    await expectRefused(hl7.world, 'edge/forbidden', () => hl7.post(er7(), as));
  });

  test('edge/failed: when nothing can be stored now, to be sent again', async () => {
    hl7.world.ports.triggers.add = () => Promise.reject(new Error('the table is away'));
    await hl7.expectKeptOut('AE', 'edge/failed', er7());
    expect(hl7.world.lines.join('')).not.toContain('the table is away');
  });
});

describe('the answer', () => {
  test('turns sender and receiver around, and repeats the number', async () => {
    const [header, msa] = await hl7.answerTo(er7({ controlId: 'A\\T\\B' }));
    const id = header?.[9];
    expect(id).toMatch(/^[0-9a-f]{20}$/);
    expect(header?.join('|')).toBe(
      `MSH|^~\\&|DIRECT|HOUSE|EHR^1.2.3.4^ISO|GREEN|20261122120000+0000||ACK^A03^ACK|${id}|P|2.5.1||||||UNICODE UTF-8`,
    );
    expect(msa).toEqual(['MSA', 'AA', 'A\\T\\B']);
  });

  test('lets nobody put a segment into it', async () => {
    const from = 'E\\F\\R\\.br\\MSA\\X0D\\AA\u0085\u2028';
    const answer = await hl7.answerTo(er7({ from, controlId: 'x\\X0D\\MSA' }));
    expect(answer.map(([name]) => name)).toEqual(['MSH', 'MSA', 'ERR']);
    expect(answer[0]?.[4]).toBe('E\\F\\R MSA AA');
  });

  test('has a version and a mode of its own when those of the message are none', async () => {
    const odd = er7({ type: 'ADT^<a>' }).replace('|P|2.5.1|', '|Rivera|Ana|');
    const [header] = await hl7.answerTo(odd);
    expect(header?.slice(8, 12)).toEqual(['ACK', expect.any(String), 'P', '2.5.1']);
  });

  test('and the log say nothing of the patient', async () => {
    const { body } = await hl7.post(er7());
    const refused = await hl7.post(er7({ identifiers: `SECRET-7^^^GSP&${MRN.system}&ISO` }));
    const all = [body, refused.body, ...hl7.world.lines].join('');
    expect(all).not.toMatch(/Rivera|19840309|MRN-0001|SECRET-7|MSG-1"/);
  });

  test('comes to whatever is sent: of HL7 or a problem, and never a fault', async () => {
    const begin = fc.constantFrom(
      '',
      'MSH|^~\\&',
      er7(),
      'MSH|^~\\&|A|B|C|D|2026||ADT^A03|1|P|2.3\r',
    );
    await fc.assert(
      fc.asyncProperty(begin, fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
        const { status, body } = await hl7.post(Buffer.concat([Buffer.from(start), rest]));
        const said = status === 400 ? `400 ${body.code}` : `${status} ${String(body)}`;
        expect(said).toMatch(ANSWERED);
      }),
      { numRuns: cases(100, 10_000) },
    );
    expect(hl7.world.lines.join('')).not.toContain('http-failed');
  });
});
