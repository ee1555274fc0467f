import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  meaningOf,
  REPLY_MEANINGS,
  type Command,
  type SmtpReply,
} from '../../shared/deliver/reply-meanings.ts';
import { isFailureCode, ruleOf } from '../../shared/failures.ts';
import { cases } from '../support/counts.ts';

describe('a reply that says no means', () => {
  test.each<[code: string, at: Command, reply: number, status: string]>([
    ['deliver/deferred', 'MAIL', 421, '4.3.2'],
    ['deliver/deferred', 'RCPT', 450, '4.2.1'],
    ['deliver/deferred', 'RCPT', 450, '5.1.1'],
    ['deliver/deferred', 'message', 452, ''],
    ['deliver/deferred', 'AUTH', 454, '4.7.0'],
    ['deliver/not-authorized', 'AUTH', 501, ''],
    ['deliver/not-authorized', 'MAIL', 530, '5.7.0'],
    ['deliver/not-authorized', 'MAIL', 534, '5.7.9'],
    ['deliver/not-authorized', 'RCPT', 535, ''],
    ['deliver/not-authorized', 'MAIL', 538, ''],
    ['deliver/not-authorized', 'MAIL', 554, '5.7.8'],
    ['deliver/bad-mailbox', 'RCPT', 550, '5.1.1'],
    ['deliver/bad-mailbox', 'RCPT', 550, '5.1.10'],
    ['deliver/bad-mailbox', 'message', 554, '5.1.2'],
    ['deliver/bad-mailbox', 'RCPT', 550, '5.2.1'],
    ['deliver/bad-mailbox', 'RCPT', 551, ''],
    ['deliver/bad-mailbox', 'RCPT', 553, ''],
    ['deliver/bad-mailbox', 'RCPT', 556, ''],
    ['deliver/mailbox-full', 'RCPT', 552, ''],
    ['deliver/mailbox-full', 'message', 552, '5.2.2'],
    ['deliver/too-large', 'MAIL', 552, ''],
    ['deliver/too-large', 'MAIL', 552, '5.3.4'],
    ['deliver/too-large', 'message', 554, '5.2.3'],
    ['deliver/no-way', 'RCPT', 550, '5.4.4'],
    ['deliver/refused', 'RCPT', 550, ''],
    ['deliver/refused', 'MAIL', 553, ''],
    // Of the sender's address, which is ours.
    ['deliver/refused', 'MAIL', 550, '5.1.8'],
    ['deliver/refused', 'RCPT', 554, '5.7.1'],
    ['deliver/refused', 'message', 554, '5.6.0'],
    ['deliver/refused', 'DATA', 503, '5.5.1'],
  ])('%s: at %s, %i %s', (means, at, code, status) => {
    expect(meaningOf(at, replyOf(code, status))).toBe(means);
  });

  test.each([199, 250, 251, 354])('nothing: %i is no refusal', (code) => {
    expect(meaningOf('RCPT', { code })).toBeUndefined();
  });

  test('one thing always, and one that is tried again when the server says so', () => {
    const commands: readonly Command[] = ['AUTH', 'MAIL', 'RCPT', 'DATA', 'message'];
    const number = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        fc.integer({ min: 400, max: 599 }),
        fc.option(fc.tuple(number, number)),
        (at, code, detail) => {
          const status = detail ? `${Math.floor(code / 100)}.${detail.join('.')}` : undefined;
          const means = meaningOf(at, replyOf(code, status));
          if (means === undefined) throw new Error('It means nothing');
          if (code < 500) return means === 'deliver/deferred';
          return means === 'deliver/not-authorized' || !ruleOf(means).retry;
        },
      ),
      { numRuns: cases(200) },
    );
  });

  test('what no line before it means: every line is the first one for some reply', () => {
    const commands: readonly Command[] = ['AUTH', 'MAIL', 'RCPT', 'DATA', 'message'];
    const idle = REPLY_MEANINGS.filter((line) => {
      const at = line.at?.[0] ?? 'DATA';
      const status = line.status && `5.${line.status}${line.status.includes('.') ? '' : '.250'}`;
      const reply = replyOf(Number(line.reply.padEnd(3, '9')), status);
      return !commands.includes(at) || meaningOf(at, reply) !== line.means;
    });
    expect(idle).toEqual([]);
    expect(REPLY_MEANINGS.every(({ means }) => isFailureCode(means))).toBe(true);
    expect(REPLY_MEANINGS.every(({ clause }) => /^RFC \d{4}/.test(clause))).toBe(true);
  });
});

const replyOf = (code: number, status?: string): SmtpReply => ({
  code,
  ...(status !== undefined && status !== '' && { status }),
});
