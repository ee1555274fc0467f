import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SesEventKind } from '../../../infra/local/world/ses/ses-events.ts';
import {
  SmtpReply,
  startInboundSmtp,
  type InboundSmtp,
} from '../../../infra/local/world/inbound-smtp.ts';
import { startSesEndpoint, type SesEndpoint } from '../../../infra/local/world/ses/ses-endpoint.ts';
import { SesRefused } from '../../../infra/local/world/ses/ses-request.ts';
import type { TransmissionId } from '../../../shared/ids.ts';
import { readRelayEvent } from '../../../shared/notification/reading/relay/read-relay-event.ts';

const TRANSMISSION = `tx_${'a'.repeat(26)}` as TransmissionId;

describe('what the local SES tells the topics of a configuration set', () => {
  const told: (readonly [SesEventKind, object])[] = [];
  let next: InboundSmtp;
  let ses: SesEndpoint;
  beforeAll(async () => {
    next = await startInboundSmtp({
      accept: (address) => address !== 'nobody@clinic.example',
      async deliver(_, [to]) {
        if (to === 'later@clinic.example') throw new SmtpReply(451, 'Later');
      },
    });
    ses = await startSesEndpoint({ relayTo: next.address });
    ses.connect(new Map([['copies', (kind, event) => void told.push([kind, event])]]));
  });
  beforeEach(() => {
    told.splice(0);
    ses.behave(() => undefined);
  });
  afterAll(async () => {
    await ses.close();
    await next.close();
  });

  const send = async (to: string, set = 'copies') => {
    const body = new URLSearchParams({
      Action: 'SendRawEmail',
      Source: 'records@holder.example',
      'Destinations.member.1': to,
      'RawMessage.Data': Buffer.from('From: x\r\n\r\nx\r\n').toString('base64'),
      ConfigurationSetName: set,
      'Tags.member.1.Name': 'transmission',
      'Tags.member.1.Value': TRANSMISSION,
      'Tags.member.2.Name': 'attempt',
      'Tags.member.2.Value': '2',
    });
    const answer = await fetch(ses.endpoint, { method: 'POST', body });
    await ses.sent.at(-1)?.passedOn;
    return { status: answer.status, xml: await answer.text() };
  };

  test.each([
    ['anna@clinic.example', 'delivery', 'delivered', undefined],
    ['nobody@clinic.example', 'bounce', 'failed', 'deliver/bounced'],
    ['later@clinic.example', 'bounce', 'failed', 'deliver/bounced'],
  ] as const)(
    'of mail to %s: sent, then %s, as our reader reads it',
    async (to, kind, outcome, code) => {
      await send(to);
      expect(told.map(([each]) => each)).toEqual(['send', kind]);
      const readings = told.map(([, event]) => readRelayEvent(JSON.stringify(event)));
      const common = { transmission: TRANSMISSION, attempt: 2 };
      expect(readings).toMatchObject([
        {
          ok: true,
          value: { ...common, event: 'Send', recipients: [{ address: to, outcome: 'none' }] },
        },
        {
          ok: true,
          value: { ...common, recipients: [{ address: to, outcome, ...(code && { code }) }] },
        },
      ]);
    },
  );

  test('of mail that it finds harmful: sent, then rejected, and nobody gets it', async () => {
    ses.behave(() => 'reject');
    await send('anna@clinic.example');
    expect(await ses.sent.at(-1)?.passedOn).toEqual([]);
    expect(told.map(([each]) => each)).toEqual(['send', 'reject']);
    expect(readRelayEvent(JSON.stringify(told[1]?.[1]))).toMatchObject({
      value: { recipients: [{ outcome: 'failed', code: 'deliver/bad-content' }] },
    });
  });

  test('of mail that it does not take: nothing', async () => {
    ses.behave(() => new SesRefused('Throttling', 'Maximum sending rate exceeded.'));
    expect(await send('anna@clinic.example')).toMatchObject({ status: 400 });
    expect(told).toEqual([]);
  });

  test('it knows no other set than those it is connected to', async () => {
    const { status, xml } = await send('anna@clinic.example', 'others');
    expect([status, /<Code>(\w+)</.exec(xml)?.[1]]).toEqual([400, 'ConfigurationSetDoesNotExist']);
    expect(told).toEqual([]);
  });
});
