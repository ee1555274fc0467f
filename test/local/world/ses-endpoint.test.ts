import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startInboundSmtp, type InboundSmtp } from '../../../infra/local/world/inbound-smtp.ts';
import { startSesEndpoint, type SesEndpoint } from '../../../infra/local/world/ses/ses-endpoint.ts';
import { headerOf, readMime } from '../../../shared/secure/mime.ts';

const RAW = [
  'Date: Mon, 01 Jan 2024 00:00:00 +0000',
  'From: records@holder.example',
  'To: anna@clinic.example',
  'Message-ID:',
  ' <ours@holder.example>',
  'X-SES-CONFIGURATION-SET: any',
  'MIME-Version: 1.0',
  'Content-Type: application/pkcs7-mime;',
  ' smime-type=enveloped-data',
  '',
  'Date: this line is no header',
  '',
].join('\r\n');

describe('the local SES', () => {
  const arrived: { raw: string; to: readonly string[]; from: string }[] = [];
  let next: InboundSmtp;
  let ses: SesEndpoint;
  beforeAll(async () => {
    next = await startInboundSmtp({
      accept: (address) => address !== 'nobody@clinic.example',
      async deliver(raw, to, from) {
        arrived.push({ raw: Buffer.from(raw).toString('latin1'), to, from });
      },
    });
    ses = await startSesEndpoint({ relayTo: next.address });
  });
  afterAll(async () => {
    await ses.close();
    await next.close();
  });

  const send = async (raw: string | Buffer, more: Record<string, string> = {}) => {
    const body = new URLSearchParams({
      Action: 'SendRawEmail',
      Version: '2010-12-01',
      Source: 'records@holder.example',
      'Destinations.member.1': 'anna@clinic.example',
      'RawMessage.Data': Buffer.from(raw).toString('base64'),
      ...more,
    });
    const answer = await fetch(ses.endpoint, { method: 'POST', body });
    return { status: answer.status, xml: await answer.text() };
  };

  test('answers its own bare id, and keeps what it was given', async () => {
    const { status, xml } = await send(RAW);
    const [, id] =
      /^<SendRawEmailResponse [^>]+><SendRawEmailResult><MessageId>([\w-]+)</.exec(xml) ?? [];
    expect(status).toBe(200);
    const kept = ses.sent.at(-1);
    expect(kept).toMatchObject({ messageId: id, source: 'records@holder.example' });
    expect(Buffer.from(kept?.raw ?? []).toString()).toBe(RAW);
  });

  test('passes it on with its own Message-ID, Date and MAIL FROM, and all else as it was', async () => {
    await send(RAW, { 'Destinations.member.2': 'berg@clinic.example' });
    const sent = ses.sent.at(-1);
    expect(await sent?.passedOn).toMatchObject([{ ok: true }, { ok: true }]);
    const [one, other] = arrived.slice(-2);
    expect(new Set([one?.to, other?.to].flat())).toEqual(
      new Set(['anna@clinic.example', 'berg@clinic.example']),
    );
    expect(one?.from).toBe(`${sent?.messageId}@amazonses.com`);
    const raw = one?.raw ?? '';
    const entity = readMime(Buffer.from(raw));
    if (!entity.ok) throw new Error(entity.failure.code);
    expect(headerOf(entity.value, 'message-id')).toBe(`<${sent?.messageId}@email.amazonses.com>`);
    const date = Date.parse(headerOf(entity.value, 'date') ?? '');
    expect(Math.abs(date - Date.now())).toBeLessThan(60_000);
    expect(raw).not.toMatch(/ours@|X-SES|2024/);
    expect(raw.slice(raw.indexOf('From:'))).toBe(
      RAW.slice(RAW.indexOf('From:')).replace(/Message-ID[^]*?any\r\n/, ''),
    );
  });

  test('tells what the next hop refused of one destination', async () => {
    await send(RAW, { 'Destinations.member.1': 'nobody@clinic.example' });
    expect(await ses.sent.at(-1)?.passedOn).toMatchObject([
      { ok: false, failure: { code: 'deliver/refused' } },
    ]);
  });

  test('takes 10 MB and no more', async () => {
    const limit = 10 * 1024 * 1024;
    expect(await send(Buffer.alloc(limit, 'a\r\n'))).toMatchObject({ status: 200 });
    expect(await send(Buffer.alloc(limit + 1, 'a\r\n'))).toMatchObject({
      status: 400,
      xml: expect.stringMatching(/<Code>InvalidParameterValue<.*10485760/) as unknown,
    });
  });

  test.each([
    ['another action', { Action: 'SendEmail' }, 'InvalidAction'],
    ['no message', { 'RawMessage.Data': '' }, 'InvalidParameterValue'],
    ['no destination', { 'Destinations.member.1': '' }, 'InvalidParameterValue'],
    ['a source that is none', { Source: 'nobody' }, 'InvalidParameterValue'],
    [
      'more than 50 destinations',
      Object.fromEntries(
        Array.from({ length: 51 }, (_, at) => [`Destinations.member.${at + 1}`, 'a@b.example']),
      ),
      'MessageRejected',
    ],
  ])('refuses %s', async (_, more, code) => {
    const before = ses.sent.length;
    const { status, xml } = await send(RAW, more);
    expect([status, /<Code>(\w+)</.exec(xml)?.[1]]).toEqual([400, code]);
    expect(ses.sent).toHaveLength(before);
  });
});
