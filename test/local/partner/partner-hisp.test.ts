import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startDnsServer, type DnsServer } from '../../../infra/local/world/dns-server.ts';
import { startInboundSmtp, type InboundSmtp } from '../../../infra/local/world/inbound-smtp.ts';
import { lookupInDns } from '../../../infra/local/partner/lookup.ts';
import {
  startPartnerHisp,
  type PartnerHisp,
  type PartnerOptions,
} from '../../../infra/local/partner/partner-hisp.ts';
import { smtpRelay } from '../../../shared/adapters/smtp-relay.ts';
import type { DirectAddress, MessageId } from '../../../shared/ids.ts';
import { headerOf } from '../../../shared/secure/mime.ts';
import { openMessage } from '../../../shared/secure/open.ts';
import { secureBytes, secureMessage } from '../../../shared/secure/secure.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../../support/pki.ts';
import { DOCUMENT, sampleXdm } from './xdm-sample.ts';

const SENDER = 'Records@holder.example' as DirectAddress;
const RECIPIENT = 'berg@clinic.example' as DirectAddress;

let sender: Issued;
let stranger: Issued;
let clinic: Issued;
let dns: DnsServer;
let inbound: InboundSmtp;
let mail: { raw: Uint8Array; mailFrom: string }[];
let partner: PartnerHisp;

beforeAll(async () => {
  const authority = await cachedAuthority();
  const untrusted = await cachedAuthority('Unknown Anchor');
  sender = await issueQuickly(authority, { address: SENDER });
  stranger = await issueQuickly(untrusted, { address: SENDER });
  const keys = await cachedKeys('clinic');
  clinic = await issueQuickly(authority, { domain: 'clinic.example', keys });
  dns = await startDnsServer({ records: { 'records.holder.example': [sender.certificate] } });
  inbound = await startInboundSmtp({
    accept: (address) => address.toLowerCase() === SENDER.toLowerCase(),
    deliver: async (raw, _recipients, mailFrom) => void mail.push({ raw, mailFrom }),
  });
});
afterAll(() => Promise.all([dns.close(), inbound.close()]));

const startPartner = async (options: Partial<PartnerOptions> = {}): Promise<PartnerHisp> =>
  startPartnerHisp({
    identity: clinic,
    anchors: [(await cachedAuthority()).certificatePem],
    lookup: lookupInDns(dns.address),
    replyTo: inbound.address,
    minuteMs: 2,
    ...options,
  });

beforeEach(async () => {
  mail = [];
  partner = await startPartner();
});
afterEach(() => partner.close());

interface Sent {
  readonly to?: string;
  readonly mailFrom?: string;
  readonly signer?: Issued;
  readonly zip?: Uint8Array;
}

async function send({ to = RECIPIENT, mailFrom = SENDER, signer = sender, zip }: Sent = {}) {
  const { bytes } = await secureMessage(
    {
      from: SENDER,
      to: to as DirectAddress,
      messageId: 'abc@holder.example' as MessageId,
      date: new Date(),
      holderName: 'Holder',
      text: 'Here it is.',
      zip: zip ?? sampleXdm([DOCUMENT]),
    },
    signer,
    [clinic.certificate],
  );
  return submit(bytes, to, mailFrom);
}

async function submit(bytes: Uint8Array, to: string, mailFrom: string = SENDER) {
  const from = mailFrom as DirectAddress;
  const relay = smtpRelay(`smtp://${partner.address}`);
  const submitted = await relay.submit({ from, to: to as DirectAddress, bytes });
  await partner.settled();
  return submitted.ok ? 'taken' : submitted.failure.code;
}

/** The notices that came back, opened with the sender's key. */
const noticesInMail = () =>
  mail.map(({ raw, mailFrom }) => {
    const opened = openMessage(raw, [sender]);
    if (!opened.ok) return opened.failure.code;
    const { innerEntity, signer } = opened.value;
    const text = Buffer.from(opened.value.inner).toString();
    const said = /^(?:Disposition: .*;|Status: )(\S+)\r$/m.exec(text);
    expect(headerOf(innerEntity, 'from')).toBe(`<${mailFrom}>`);
    expect(Buffer.from(signer)).toEqual(Buffer.from(clinic.certificate));
    return said?.[1];
  });

describe('the partner', () => {
  test('keeps what it got, finds it flawless, and answers processed, then dispatched', async () => {
    expect(await send()).toBe('taken');
    const [message] = partner.received;
    expect(message?.problems).toEqual([]);
    expect(message?.opened).toMatchObject({
      messageId: '<abc@holder.example>',
      from: 'Records@holder.example',
      asksForDispatched: true,
      text: 'Here it is.\r\n',
    });
    expect(message?.opened?.xdm?.documents.map(({ bytes }) => Buffer.from(bytes))).toEqual([
      DOCUMENT.bytes,
    ]);
    expect(noticesInMail()).toEqual(['processed', 'dispatched']);
    expect(partner.notices).toMatchObject([
      { kind: 'processed', recipient: RECIPIENT, outcome: { ok: true } },
      { kind: 'dispatched', recipient: RECIPIENT, outcome: { ok: true } },
    ]);
  });

  test.each([
    ['silent', []],
    ['processed-only', ['processed']],
    ['failed', ['processed', 'failed']],
    ['undeliverable', ['5.1.1']],
    ['noaddressfailure9', ['failed']],
  ])('%s@ is answered with %j', async (local, notices) => {
    expect(await send({ to: `${local}@clinic.example` })).toBe('taken');
    expect(partner.received).toHaveLength(1);
    expect(noticesInMail()).toEqual(notices);
  });

  test('null_sender@ is answered from nobody', async () => {
    expect(await send({ to: 'null_sender@clinic.example' })).toBe('taken');
    expect(mail.map(({ mailFrom }) => mailFrom)).toEqual(['', '']);
  });

  test('sends what comes minutes later when its time is there, and keeps nobody waiting for it', async () => {
    expect(await send({ to: 'delaydispatched30@clinic.example' })).toBe('taken');
    expect(noticesInMail()).toEqual(['processed']);
    while (partner.notices.length < 2) await sleep(5);
    expect(noticesInMail()).toEqual(['processed', 'dispatched']);
  });

  test('sends nothing more once it is closed', async () => {
    expect(await send({ to: 'delaydispatched30@clinic.example' })).toBe('taken');
    const closed = partner;
    await closed.close();
    // Whose time came later: when it has answered, the other would have.
    partner = await startPartner();
    expect(await send({ to: 'delaydispatched30@clinic.example' })).toBe('taken');
    while (partner.notices.length < 2) await sleep(5);
    expect(closed.notices).toHaveLength(1);
  });

  test.each([
    ['refuse', 'deliver/refused', 0],
    ['badaddresst', 'deliver/refused', 0],
    ['busy', 'deliver/deferred', 0],
    ['hang', 'deliver/unanswered', 1],
  ])('%s@ makes the relay say %s', async (local, code, received) => {
    expect(await send({ to: `${local}@clinic.example` })).toBe(code);
    expect(partner.received).toHaveLength(received);
    expect(mail).toEqual([]);
  });

  test('has no mailbox outside the domain of its certificate', async () => {
    expect(await send({ to: 'berg@other.example' })).toBe('deliver/refused');
    expect(await send({ to: 'berg@evilclinic.example' })).toBe('deliver/refused');
  });
});

const problemsOf = () => partner.received.map(({ problems }) => problems);

describe('the partner does not answer', () => {
  test('trust/no-anchor: a signer whom it does not trust', async () => {
    expect(await send({ signer: stranger })).toBe('taken');
    expect(problemsOf()).toEqual([['trust/no-anchor']]);
    expect(mail).toEqual([]);
  });

  test('trust/wrong-address: a signer who is somebody else', async () => {
    const other = await issueQuickly(await cachedAuthority(), { address: 'x@holder.example' });
    expect(await send({ signer: other })).toBe('taken');
    expect(problemsOf()).toEqual([['trust/wrong-address']]);
    expect(mail).toEqual([]);
  });

  test('secure/not-encrypted: a message in clear', async () => {
    expect(await submit(Buffer.from('From: a\r\n\r\nhello\r\n'), RECIPIENT)).toBe('taken');
    expect(problemsOf()).toEqual([['secure/not-encrypted']]);
  });

  test('secure/undecryptable: a message to another key', async () => {
    const { bytes } = await secureBytes(plain(`To: <${RECIPIENT}>`), sender, [sender.certificate]);
    expect(await submit(bytes, RECIPIENT)).toBe('taken');
    expect(problemsOf()).toEqual([['secure/undecryptable']]);
  });

  test('a notice, lest two systems answer each other for ever', async () => {
    await send();
    const [notice] = mail.splice(0);
    const opened = openMessage(notice!.raw, [sender]);
    const inner = opened.ok ? opened.value.inner : new Uint8Array();
    const turned = Buffer.from(inner)
      .toString()
      .replace(`From: <${RECIPIENT}>`, `From: <${SENDER}>`)
      .replace(/To: <[^>]*>/, `To: <${RECIPIENT}>`);
    const { bytes } = await secureBytes({ ...plain(''), inner: Buffer.from(turned) }, sender, [
      clinic.certificate,
    ]);
    expect(await submit(bytes, RECIPIENT)).toBe('taken');
    expect(problemsOf().at(-1)).toEqual([]);
    expect(mail).toEqual([]);
  });

  test('with dispatched where it was not asked for', async () => {
    const { bytes } = await secureBytes(plain(`To: <${RECIPIENT}>`), sender, [clinic.certificate]);
    expect(await submit(bytes, RECIPIENT)).toBe('taken');
    expect(noticesInMail()).toEqual(['processed']);
  });

  test('a sender whose certificate it cannot find', async () => {
    dns.set('records.holder.example', []);
    await send();
    dns.set('records.holder.example', [sender.certificate]);
    expect(partner.notices.map(({ outcome }) => outcome.ok)).toEqual([false, false]);
    expect(mail).toEqual([]);
  });
});

test('what is wrong in the zip is noted, and the message is answered all the same', async () => {
  await send({ zip: sampleXdm([{ ...DOCUMENT, size: 1 }]) });
  expect(partner.received[0]?.problems).toEqual(['xdm: DOC00001.XML has 19 bytes, not 1']);
  expect(noticesInMail()).toEqual(['processed', 'dispatched']);
});

describe('a MAIL FROM that is not the From, and a RCPT TO that the message does not name,', () => {
  const NOTED = [
    ['envelope: MAIL FROM is not the From of the message'],
    ['envelope: a recipient is neither in To nor in Cc'],
  ];
  const sendBoth = async () => {
    expect(await send({ mailFrom: 'bounce@holder.example' })).toBe('taken');
    const other = { ...plain('To: <else@clinic.example>'), to: RECIPIENT };
    const { bytes } = await secureBytes(other, sender, [clinic.certificate]);
    expect(await submit(bytes, RECIPIENT)).toBe('taken');
    expect(problemsOf()).toEqual(NOTED);
  };

  test('are noted, and answered', async () => {
    await sendBoth();
    expect(noticesInMail()).toEqual(['processed', 'dispatched', 'processed']);
  });

  test('are met by a strict partner with silence, which keeps the reason', async () => {
    await partner.close();
    partner = await startPartner({ mode: 'strict' });
    await sendBoth();
    expect(mail).toEqual([]);
    const rules = partner.received.map(({ refusedFor }) => refusedFor.map(({ id }) => id));
    expect(rules).toEqual([['mail-from'], ['recipients-named']]);
  });

  test('are missing from what a strict partner answers', async () => {
    await partner.close();
    partner = await startPartner({ mode: 'strict' });
    await send();
    expect(noticesInMail()).toEqual(['processed', 'dispatched']);
  });
});

const plain = (toLine: string) => ({
  from: SENDER,
  to: RECIPIENT,
  date: new Date(),
  messageId: 'plain@holder.example' as MessageId,
  inner: Buffer.from(
    `From: <${SENDER}>\r\n${toLine}\r\nMessage-ID: <plain@holder.example>\r\n\r\nhello\r\n`,
  ),
});
