import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildMdn } from '../../infra/local/partner/mdn.ts';
import type { DirectAddress, MessageId } from '../../shared/ids.ts';
import { receive } from '../../shared/notification/receive.ts';
import { secureBytes } from '../../shared/secure/secure.ts';
import { SENDER } from '../lambdas/http-world.ts';
import { craftedSignature, withSignature } from '../secure/support/crafted-signature.ts';
import { encryptEntity, signEntity } from '../secure/support/entities.ts';
import { authorityOf } from '../support/chains.ts';
import { memoryKeys } from '../support/memory/keys.ts';
import { messageIdIn } from '../support/memory/partner.ts';
import { discharge, readyToShare } from '../support/one-record.ts';
import { cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';
import { RECIPIENT, type WholePath } from '../support/whole-path.ts';

const BOB = 'bob@direct.clinic.example';
const DATE = new Date('2026-11-22T12:00:00Z');

let path: WholePath;
/** One certificate for all mailboxes of the recipient's domain. */
let service: Issued;
let originalMessageId: string;
beforeEach(async () => {
  path = await readyToShare();
  await discharge(path);
  service = await issueQuickly(path.anchor, {
    domain: 'direct.clinic.example',
    keys: await cachedKeys('service'),
  });
  originalMessageId = `<${messageIdIn(path.partner.open(path.relay.taken[0]!))}>`;
});

const outside = { to: SENDER as DirectAddress, date: DATE, messageId: 'n@clinic' as MessageId };

/** A notice of the partner, its From and its type replaced. */
function notice(from: string, type?: string): string {
  const recipient = RECIPIENT as DirectAddress;
  const about = { kind: 'processed', originalMessageId, originalSubject: '', ...outside } as const;
  const text = Buffer.from(buildMdn({ ...about, recipient }).bytes).toString('latin1');
  const mine = text.replace(/^From: .*\r\n/, from === '' ? '' : `From: ${from}\r\n`);
  return type === undefined ? mine : mine.replace(/multipart\/report; [^;]+;/, type);
}

/** Ordinary mail with an attachment. */
const mailWith = (from: string, attachment: string): string =>
  [
    `From: ${from}`,
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: text/plain',
    '',
    'See what I found.',
    '--outer',
    attachment,
    '--outer--',
    '',
  ].join('\r\n');

/** Without its header but for the Content-Type. */
const entityOf = (message: string): string => {
  const [type = ''] = /Content-Type: .*\r\n .*/.exec(message) ?? [];
  return `${type}${message.slice(message.indexOf('\r\n\r\n'))}`;
};

/** The machine's part alone. */
const report = (message: string): string =>
  `Content-Type: message/disposition-notification\r\n\r\n${message.slice(message.indexOf('Reporting-UA'))}`;

async function codeFor(raw: Uint8Array, settings = path.ports.settings): Promise<string> {
  const received = await receive(raw, 'open', {
    ...path.ports,
    settings,
    keys: memoryKeys([{ address: SENDER, identity: path.holder }]),
  });
  return received.ok ? received.value.history.facts.at(-1)!.kind : received.failure.code;
}

const arrived = async (message: string, signer = service, outer = RECIPIENT): Promise<string> => {
  const inner = Buffer.from(message, 'latin1');
  const from = outer as DirectAddress;
  const to = [path.holder.certificate];
  return codeFor((await secureBytes({ ...outside, from, inner }, signer, to)).bytes);
};

/** As old agents send: the signature covers the body with its Content-Type, and no other header. */
async function arrivedUnwrapped(message: string, from: string): Promise<string> {
  const entity = Buffer.from(entityOf(message), 'latin1');
  const signed = await signEntity(entity, service, DATE);
  return codeFor(encryptEntity(signed, [path.holder.certificate], {}, `From: ${from}\r\n`));
}

test('a notice that is signed over SHA-1 counts only where the settings accept it', async () => {
  const message = Buffer.from(notice(`<${RECIPIENT}>`), 'latin1');
  const entity = Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\n\r\n'), message]);
  const signed = await signEntity(entity, service, DATE);
  const old = withSignature(signed, craftedSignature(entity, service, { hash: 'sha1' }));
  const raw = encryptEntity(old, [path.holder.certificate], {}, `From: ${RECIPIENT}\r\n`);

  expect(await codeFor(raw)).toBe('secure/weak-digest');
  expect(await codeFor(raw, { ...path.ports.settings, acceptSha1: true })).toBe('processed');
});

test('a notice counts whose signer is certified by an authority that only its signature brings', async () => {
  const between = await authorityOf(path.anchor, 'Clinic Authority', {
    notBefore: new Date('2026-01-01'),
    notAfter: new Date('2027-01-01'),
  });
  const signer = await issueQuickly(between, { address: RECIPIENT });
  const message = Buffer.from(notice(`<${RECIPIENT}>`), 'latin1');
  const entity = Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\n\r\n'), message]);
  const signed = await signEntity(entity, signer, DATE);
  const arriving = (certificates: readonly Uint8Array[]) => {
    const whole = withSignature(signed, craftedSignature(entity, signer, { certificates }));
    return codeFor(encryptEntity(whole, [path.holder.certificate], {}, `From: ${RECIPIENT}\r\n`));
  };
  expect(await arriving([])).toBe('trust/no-anchor');
  expect(await arriving([between.certificate])).toBe('processed');
});

describe('a notice under the certificate of a whole domain', () => {
  test.each([
    `<${RECIPIENT}>`,
    RECIPIENT,
    `Dr. Lee <${RECIPIENT}>`,
    `"Lee, Dr. \\"Jo\\" <x@y.example>" <${RECIPIENT}>`,
    '<DR.LEE@Direct.Clinic.Example>',
  ])('counts when it comes from the recipient: %s', async (from) => {
    expect(await arrived(notice(from))).toBe('processed');
  });

  test.each([
    ['another mailbox of the domain', `<${BOB}>`],
    ['the postmaster of the domain', '<postmaster@direct.clinic.example>'],
    ['another mailbox that calls itself the recipient', `"${RECIPIENT}" <${BOB}>`],
    ['the recipient after another', `<${BOB}>, <${RECIPIENT}>`],
    ['the recipient before another', `<${RECIPIENT}>, <${BOB}>`],
    ['another without brackets before the recipient', `${BOB} <${RECIPIENT}>`],
    ['another with a quoted local part', `"bob"@direct.clinic.example, <${RECIPIENT}>`],
    ['a quoted name and no brackets', `"bob"${RECIPIENT}`],
    ['another in a comment', `(${BOB}) <${RECIPIENT}>`],
    ['two senders', `<${RECIPIENT}>\r\nFrom: <${BOB}>`],
    ['nobody', ''],
  ])('notification/wrong-recipient: it comes from %s', async (_, from) => {
    expect(await arrived(notice(from))).toBe('notification/wrong-recipient');
  });

  test('notification/wrong-recipient: another mailbox had wrapped it itself, in the name of the recipient', async () => {
    const message = notice(`<${RECIPIENT}>`);
    expect(await arrived(message, service, BOB)).toBe('notification/wrong-recipient');
  });

  test('notification/wrong-recipient: not wrapped, and the header outside names another', async () => {
    const message = notice(`<${RECIPIENT}>`);
    expect(await arrivedUnwrapped(message, `<${BOB}>`)).toBe('notification/wrong-recipient');
    expect(await arrivedUnwrapped(message, `<${RECIPIENT}>`)).toBe('processed');
  });
});

test('a notice under the certificate of the mailbox itself may come from its postmaster', async () => {
  const message = notice('<postmaster@direct.clinic.example>');
  expect(await arrived(message, path.recipient)).toBe('processed');
});

describe('notification/not-a-notice: mail of the recipient itself, which holds a notice as', () => {
  test.each<[string, () => string]>([
    ['an attachment', () => mailWith(RECIPIENT, report(notice(RECIPIENT)))],
    ['a report within', () => mailWith(RECIPIENT, entityOf(notice(RECIPIENT)))],
    [
      'a message within',
      () => mailWith(RECIPIENT, `Content-Type: message/rfc822\r\n\r\n${notice(RECIPIENT)}`),
    ],
    ['all that it is', () => `From: ${RECIPIENT}\r\n${report(notice(RECIPIENT))}`],
    ['parts of another type', () => notice(RECIPIENT, 'multipart/mixed;')],
    [
      'a report of another type',
      () => notice(RECIPIENT, 'multipart/report; report-type=delivery-status;'),
    ],
  ])('%s', async (_, make) => {
    expect(await arrived(make(), path.recipient)).toBe('notification/not-a-notice');
  });
});
