import { describe, expect, test } from '@jest/globals';
import { SENDER } from '../../lambdas/http-world.ts';
import { encryptEntity, signEntity } from '../../secure/support/entities.ts';
import { cachedAuthority, issueQuickly } from '../../support/pki.ts';
import { RECIPIENT } from '../../support/whole-path.ts';
import { letter, letterWorld, sealed, type LetterParts } from './letters.ts';

const BOB = 'bob@direct.clinic.example';
/** An author who stands outside too. */
const outside = (outer: string) => ({ from: `<${outer}>`, outer });

const MDN = [
  'Content-Type: message/disposition-notification',
  '',
  'Final-Recipient: rfc822; x@y.example',
  'Disposition: automatic-action/MDN-sent-automatically;processed',
];
const REPORT = ['Content-Type: multipart/report; boundary=r', '', '--r', ...MDN, '--r--'];
const mixed = (...part: readonly string[]): LetterParts => ({
  type: 'multipart/mixed; boundary=b',
  body: ['--b', 'Content-Type: text/plain', '', 'See below.', '--b', ...part, '--b--'],
});
const nested = (part: readonly string[], times: number): readonly string[] =>
  times === 0
    ? part
    : nested(['Content-Type: message/rfc822', '', 'From: x@y.example', ...part], times - 1);

describe('what is neither kept nor answered', () => {
  test.each<[string, string, LetterParts & { readonly outer?: string }]>([
    ['notification/auto-reply', 'an automatic reply', { header: ['Auto-Submitted: auto-replied'] }],
    [
      'notification/auto-reply',
      'what a program sent',
      { header: ['Auto-Submitted: auto-generated'] },
    ],
    [
      'notification/auto-reply',
      'an automatic reply that is longer than any notice',
      { header: ['Auto-Submitted: auto-replied'], body: Array(90_000).fill('y'.repeat(76)) },
    ],
    ['notification/auto-reply', 'a reply of old software', { header: ['X-Autoreply: yes'] }],
    ['notification/auto-reply', 'mail of a list', { header: ['List-Id: <all.clinic.example>'] }],
    ['notification/auto-reply', 'mail in bulk', { header: ['Precedence: bulk'] }],
    ['notification/auto-reply', 'what wants no answer', { header: ['Return-Path: <>'] }],
    ['notification/auto-reply', 'a mailer', outside('MAILER-DAEMON@direct.clinic.example')],
    ['notification/auto-reply', 'the owner of a list', outside('owner-all@direct.clinic.example')],
    ['notification/unauthenticated', 'another From outside', { from: `<${BOB}>` }],
    ['notification/unauthenticated', 'two authors', { from: `<${RECIPIENT}>, <${BOB}>` }],
    ['notification/unauthenticated', 'two Froms', { header: [`From: <${RECIPIENT}>`] }],
    ['notification/for-another', 'a letter to others', { to: '<x@elsewhere.example>' }],
    [
      'notification/for-another',
      'one that has our address as a name',
      { to: `"${SENDER}" <x@e.example>` },
    ],
    [
      'notification/not-a-notice',
      'a report of nothing',
      { type: 'multipart/report; boundary=b', body: ['--b', '', '--b--'] },
    ],
  ])('%s: %s', async (code, _, parts) => {
    const { path, arrives, kept, said } = await letterWorld();
    await arrives(letter(parts), undefined, parts.outer);
    expect(said()[1]).toBe(code);
    expect(kept()).toEqual([]);
    expect(path.relay.taken).toEqual([]);
  });

  test('notification/loop: what comes from an address of ours, whoever signed it', async () => {
    const { path, arrives, said, kept } = await letterWorld();
    const mine = letter({
      from: `<${SENDER.toUpperCase().replace(/@.*/, '')}@direct.greenstreet.example>`,
    });
    await arrives(mine, path.holder, SENDER.replace('records', 'RECORDS'));
    expect(said()).toEqual(['letter-ignored', 'notification/loop']);
    expect(kept()).toEqual([]);
    expect(path.relay.taken).toEqual([]);
  });

  test('trust/no-anchor: a signer whom nobody here trusts', async () => {
    const { path, arrives, said, kept } = await letterWorld();
    const stranger = await issueQuickly(await cachedAuthority('Stranger'), { address: RECIPIENT });
    await arrives(letter(), stranger);
    expect(said()).toEqual(['letter-ignored', 'trust/no-anchor']);
    expect(kept()).toEqual([]);
    expect(path.relay.taken).toEqual([]);
  });

  test('trust/issuer-unreachable: a stranger whose issuer nobody can ask does not come back', async () => {
    const { path, arrives, said, kept } = await letterWorld();
    const unknown = await cachedAuthority('Stranger');
    const issuerUrls = ['http://pki.stranger.example/issuer.cer'];
    const stranger = await issueQuickly(unknown, { address: RECIPIENT, issuerUrls });
    path.web.break(issuerUrls[0]!, 'unreachable');
    await arrives(letter(), stranger);
    expect(said()).toEqual(['letter-ignored', 'trust/issuer-unreachable']);
    expect(path.queues.mail).toEqual([]);
    expect(kept()).toEqual([]);
  });

  test('notification/too-many-letters: nobody is asked for a stranger any more today', async () => {
    const { path, arrives, said, kept } = await letterWorld();
    const unknown = await cachedAuthority('Stranger');
    const issuerUrls = ['http://pki.stranger.example/issuer.cer'];
    const stranger = await issueQuickly(unknown, { address: RECIPIENT, issuerUrls });
    const asked: string[] = [];
    path.ports.fetch = async ({ url }) => {
      asked.push(url);
      return { kind: 'failed', fault: 'unreachable' };
    };
    path.ports.answerCounter.count = async (whom) => whom !== 'strangers';
    await arrives(letter(), stranger);
    expect(said()).toEqual(['letter-ignored', 'notification/too-many-letters']);
    expect(asked).toEqual([]);
    expect(kept()).toEqual([]);

    path.ports.answerCounter.count = async () => true;
    await arrives(letter(), stranger);
    expect(asked).toEqual(issuerUrls);
  });

  test('trust/revocation-unknown: under an anchor it is asked for, however many strangers wrote', async () => {
    const { path, arrives } = await letterWorld();
    const crlUrls = ['http://pki.clinic.example/list.crl'];
    const author = await issueQuickly(path.anchor, { address: RECIPIENT, crlUrls });
    const asked: string[] = [];
    path.ports.fetch = async ({ url }) => {
      asked.push(url);
      return { kind: 'failed', fault: 'unreachable' };
    };
    path.ports.answerCounter.count = async (whom) => whom !== 'strangers';
    await arrives(letter(), author);
    expect(asked).toEqual(crlUrls);
    expect(path.queues.mail).toHaveLength(1);
  });

  test('trust/wrong-address: a trusted signer who writes as somebody else', async () => {
    const { path, arrives, said, kept } = await letterWorld();
    await arrives(letter({ from: `<${BOB}>` }), path.recipient, BOB);
    expect(said()).toEqual(['letter-ignored', 'trust/wrong-address']);
    expect(kept()).toEqual([]);
    expect(path.relay.taken).toEqual([]);
  });

  test('notification/not-a-notice: a letter that anybody can read', async () => {
    const { path, said, kept } = await letterWorld();
    await path.deliverMail(Buffer.from(letter()));
    expect(said()).toEqual(['notice-ignored', 'notification/not-a-notice']);
    expect(kept()).toEqual([]);
  });

  test('a signature that is none', async () => {
    const { path, said, kept } = await letterWorld();
    const raw = Buffer.from(await sealed(letter(), path));
    // In the midst of what is encrypted: in CBC it becomes noise.
    raw[raw.length - 400]! ^= 1;
    await path.deliverMail(raw);
    expect(said()[0]).toBe('notice-ignored');
    expect(kept()).toEqual([]);
    expect(path.relay.taken).toEqual([]);
  });
});

describe('what is kept, and not answered', () => {
  test.each<[string, string, LetterParts]>([
    ['notification/no-message-id', 'nobody could tell what the answer is about', { messageId: '' }],
    [
      'notification/no-message-id',
      'its id would be more than one',
      { messageId: '<a><b@c.example>' },
    ],
    ['notification/loop', 'a notice hangs in it', mixed(...MDN)],
    ['notification/loop', 'a report hangs in it', mixed(...REPORT)],
    ['notification/loop', 'a report was passed on in it', mixed(...nested(REPORT, 1))],
    [
      'notification/loop',
      'messages in messages, deeper than anybody looks',
      mixed(...nested(['', 'x'], 9)),
    ],
  ])('%s: %s', async (code, _, parts) => {
    const { path, arrives, kept, said } = await letterWorld();
    await arrives(letter(parts));
    expect(said()).toEqual(['letter-unanswered', code]);
    expect(kept()).toHaveLength(1);
    expect(path.relay.taken).toEqual([]);
  });

  test('a letter that was passed on in a letter is answered', async () => {
    const { path, arrives } = await letterWorld();
    await arrives(letter(mixed(...nested(['', 'x'], 1))));
    expect(path.relay.taken).toHaveLength(1);
  });

  test('notification/unauthenticated: its header is not under the signature, and may be anybody', async () => {
    const { path, kept, said } = await letterWorld();
    const entity = Buffer.from('Content-Type: text/plain\r\n\r\nHello.\r\n');
    const signed = await signEntity(entity, path.recipient, new Date('2026-11-22T12:00:00Z'));
    const header = `From: <${RECIPIENT}>\r\nTo: <${SENDER}>\r\nMessage-ID: <u@c.example>\r\n`;
    await path.deliverMail(encryptEntity(signed, [path.holder.certificate], {}, header));
    expect(said()).toEqual(['letter-unanswered', 'notification/unauthenticated']);
    expect(kept()).toHaveLength(1);
    expect(path.relay.taken).toEqual([]);
  });
});
