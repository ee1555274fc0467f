import { describe, expect, test } from '@jest/globals';
import type { Reading, Telling } from '../../../shared/notification/reading.ts';
import { readRelayEvent } from '../../../shared/notification/reading/relay/read-relay-event.ts';
import { relayEvent, type EventOf, type EventType } from '../relay-events.ts';
import { readingOf } from './reports.ts';

const RECIPIENT = 'dr.lee@direct.clinic.example';
const TRANSMISSION = 'tx_abcdefghijklmnopqrstuvwxyz';
const event = (type: EventType, more: Partial<EventOf> = {}) =>
  relayEvent(type, { recipient: RECIPIENT, ...more });

const answerTo = (value: unknown) => readRelayEvent(JSON.stringify(value));
const reading = (value: unknown): Reading => readingOf(answerTo(value));
const told = (value: unknown): Telling => reading(value) as Telling;
const codeOf = (value: unknown): string => {
  const answer = answerTo(value);
  return answer.ok ? 'read' : answer.failure.code;
};

const inSns = (message: unknown) => ({
  Type: 'Notification',
  MessageId: 'a',
  TopicArn: 'arn:aws:sns:us-east-1:123456789012:events',
  Message: JSON.stringify(message),
});
const inBridge = (detail: unknown) => ({
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  resources: [],
  detail,
});

const deliveryTo = (count: number) => ({
  eventType: 'Delivery',
  mail: { messageId: 'x' },
  delivery: { recipients: Array.from({ length: count }, (_, at) => `a${at}@b.example`) },
});

describe('what became of it', () => {
  test.each<[EventType, object]>([
    ['Send', { outcome: 'none' }],
    ['Delivery', { outcome: 'delivered' }],
    ['DeliveryDelay', { outcome: 'delayed' }],
    ['Bounce', { outcome: 'failed', code: 'deliver/bounced' }],
    ['Reject', { outcome: 'failed', code: 'deliver/bad-content' }],
  ])('%s', (type, said) => {
    expect(told(event(type))).toMatchObject({
      kind: 'ses-event',
      isReport: true,
      event: type,
      names: ['ses-1'],
    });
    expect(told(event(type)).recipients).toEqual([{ address: RECIPIENT, final: false, ...said }]);
  });

  test('a complaint says nothing of delivery', () => {
    expect(told(event('Complaint'))).toMatchObject({
      kind: 'complaint',
      event: 'Complaint',
      recipients: [{ address: RECIPIENT, outcome: 'none' }],
    });
  });

  test.each(['Open', 'Click', 'Subscription', 'Something of 2030'])(
    '%s is about nobody',
    (type) => {
      const known = type.startsWith('Something') ? undefined : type;
      const {
        kind,
        recipients,
        event: came,
      } = reading({ ...event('Open'), eventType: type }) as Telling;
      expect([kind, recipients, came]).toEqual(['ses-event', [], known]);
    },
  );

  test('Rendering Failure is about a template, and we have none', () => {
    const failure = { ...event('Open'), eventType: 'Rendering Failure' };
    expect(told(failure).recipients).toMatchObject([{ address: RECIPIENT, outcome: 'none' }]);
  });

  test.each([
    ['Permanent', 'General', 'deliver/bounced'],
    ['Permanent', 'NoEmail', 'deliver/bounced'],
    ['Permanent', 'Suppressed', 'deliver/suppressed'],
    ['Permanent', 'OnAccountSuppressionList', 'deliver/suppressed'],
    ['Transient', 'General', 'deliver/bounced'],
    ['Transient', 'MailboxFull', 'deliver/bounced'],
    ['Transient', 'MessageTooLarge', 'deliver/too-large'],
    ['Transient', 'ContentRejected', 'deliver/refused'],
    ['Transient', 'AttachmentRejected', 'deliver/refused'],
    ['Undetermined', 'Undetermined', 'deliver/bounced'],
    ['Permanent', 'constructor', 'deliver/bounced'],
    ['Permanent', undefined, 'deliver/bounced'],
  ])('a bounce %s/%s is %s', (bounceType, bounceSubType, code) => {
    expect(told(bounced({ bounceType, bounceSubType }, '5.0.0')).recipients).toMatchObject([
      { outcome: 'failed', code },
    ]);
  });

  test.each([
    ['Transient', 'General', 'none'],
    ['Transient', undefined, 'none'],
    ['Transient', 'MailboxFull', 'failed'],
    ['Permanent', 'General', 'failed'],
    ['Undetermined', 'Undetermined', 'failed'],
  ])(
    'a bounce %s/%s of which no server said anything: %s',
    (bounceType, bounceSubType, outcome) => {
      const { recipients } = told(bounced({ bounceType, bounceSubType }));
      expect(recipients).toMatchObject([{ address: RECIPIENT, outcome }]);
    },
  );

  test('what the server said is kept as far as it can be read', () => {
    const bouncedRecipients = [
      { emailAddress: 'Dr Lee <dr.lee@direct.clinic.example>', action: 'failed', status: '5.1.1' },
      { emailAddress: 'nobody', action: 'exploded', status: 'bad' },
    ];
    const bounce = { bounceType: 'Permanent', bouncedRecipients };
    expect(told({ eventType: 'Bounce', mail: { messageId: 'x' }, bounce }).recipients).toEqual([
      {
        address: RECIPIENT,
        final: false,
        action: 'failed',
        status: '5.1.1',
        outcome: 'failed',
        code: 'deliver/bounced',
      },
      { final: false, outcome: 'failed', code: 'deliver/bounced' },
    ]);
  });
});

/** @param status what the server said that gave it up */
function bounced(as: object, status?: string): object {
  const { bounce, ...rest } = event('Bounce') as { bounce?: object };
  const said = status === undefined ? {} : { action: 'failed', status };
  const bouncedRecipients = [{ emailAddress: RECIPIENT, ...said }];
  return { ...rest, bounce: { ...bounce, ...as, bouncedRecipients } };
}

describe('which copy it is about', () => {
  test('its tags say', () => {
    const tagged = event('Send', { tags: { transmission: TRANSMISSION }, attempt: 3 });
    expect(told(tagged)).toMatchObject({ transmission: TRANSMISSION, attempt: 3 });
  });

  test.each([
    [{}],
    [{ transmission: [], attempt: [] }],
    [{ transmission: ['tx_short'], attempt: ['-1'] }],
    [{ transmission: [`${TRANSMISSION}\n`], attempt: ['1e9'] }],
    [{ transmission: [`other_${TRANSMISSION}`], attempt: ['99999999'] }],
  ])('unless they are not ours: %j', (tags) => {
    const { mail, ...rest } = event('Send');
    const said = told({ ...rest, mail: { ...mail, tags } });
    expect([said.transmission, said.attempt]).toEqual([undefined, undefined]);
  });

  test("the relay's own id does, and the Message-ID that the mail came with", () => {
    expect(told(event('Send', { messageId: 'copy-1@h.example' })).names).toEqual([
      'ses-1',
      'copy-1@h.example',
    ]);
    const headers = [
      { name: 'Subject', value: 'x' },
      { name: 'message-id', value: '<copy-1@h.example>' },
    ];
    const { mail, ...rest } = event('Send');
    expect(told({ ...rest, mail: { ...mail, headers } }).names).toEqual([
      'ses-1',
      'copy-1@h.example',
    ]);
  });
});

describe('in whatever it comes', () => {
  const bare = event('Bounce');
  const { eventType, ...unnamed } = bare;

  test.each([
    ['SNS', inSns(bare)],
    ['EventBridge', inBridge(bare)],
    ['EventBridge in SNS', inSns(inBridge(bare))],
    ['a topic that tells a topic', inSns(inSns(bare))],
    ['the notification of an identity', { ...unnamed, notificationType: eventType }],
    ['fields that nobody knows', { ...bare, more: { deep: [1, [2]] }, __proto__: null }],
    ['fields that are null', { ...bare, complaint: null, delivery: null }],
  ])('%s', (_, wrapped) => {
    expect(reading(wrapped)).toEqual(reading(bare));
  });

  test('the same event twice is one, at another time another', () => {
    expect(told(bare).id).toBe(told(inSns(bare)).id);
    expect(told(event('Bounce', { at: '2026-11-22T13:00:00Z' })).id).not.toBe(told(bare).id);
    expect(told(event('DeliveryDelay', { at: '2026-11-22T13:00:00Z' })).id).not.toBe(
      told(event('DeliveryDelay')).id,
    );
  });
});

describe('mail that SES received is ordinary mail', () => {
  const headers = [
    { name: 'In-Reply-To', value: '<copy-1@h.example>' },
    { name: 'X-Folded', value: 'a\r\nAuto-Submitted: auto-replied' },
  ];
  const mail = { messageId: 'in-1', destination: [RECIPIENT], headers };
  const automatic = { ...mail, headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }] };

  test.each([
    ['notified of', { notificationType: 'Received', receipt: {}, mail }],
    ['given to a function', { Records: [{ eventSource: 'aws:ses', ses: { mail, receipt: {} } }] }],
  ])('%s', (_, received) => {
    expect(reading(received)).toEqual({
      kind: 'message',
      names: ['copy-1@h.example'],
      asWritten: [],
    });
  });

  test('and may be an automatic reply', () => {
    expect(reading({ notificationType: 'Received', mail: automatic }).kind).toBe('auto-reply');
  });
});

describe('what is no event', () => {
  test.each([
    ['no JSON', 'Successfully validated SNS topic for Amazon SES event publishing.'],
    ['half of one', JSON.stringify(event('Send')).slice(0, -1)],
    ['nothing', ''],
  ])('notification/bad-event: %s', (_, text) => {
    expect(readRelayEvent(text)).toEqual({
      ok: false,
      failure: { code: 'notification/bad-event' },
    });
  });

  test.each([
    ['a list', [event('Send')]],
    ['null', null],
    ['a number', 1],
    ['without a type', { mail: { messageId: 'x' } }],
    ['without a mail', { eventType: 'Send' }],
    ['with a mail that has no id', { eventType: 'Send', mail: {} }],
    ['with an id that is no text', { eventType: 'Send', mail: { messageId: 7 } }],
    ['with an id of any length', { eventType: 'Send', mail: { messageId: 'x'.repeat(3000) } }],
    ['a bounce without its bounce', { eventType: 'Bounce', mail: { messageId: 'x' } }],
    ['a delivery without its delivery', { eventType: 'Delivery', mail: { messageId: 'x' } }],
    ['a complaint without its complaint', { eventType: 'Complaint', mail: { messageId: 'x' } }],
    ['a delay without its delay', { eventType: 'DeliveryDelay', mail: { messageId: 'x' } }],
    ['a subscription to be confirmed', { Type: 'SubscriptionConfirmation', Message: '{}' }],
    ['an envelope of no JSON', { Type: 'Notification', Message: 'Hello' }],
    [
      'records of something else',
      { Records: [{ eventSource: 'aws:s3', ses: { mail: { messageId: 'x' } } }] },
    ],
    ['EventBridge of somebody else', { source: 'aws.s3', detail: event('Send') }],
  ])('notification/bad-event: %s', (_, value) => {
    expect(codeOf(value)).toBe('notification/bad-event');
  });

  test('notification/bad-event: envelopes in envelopes without end', () => {
    let wrapped: unknown = event('Send');
    const codes: string[] = [];
    for (let depth = 0; depth < 6; depth += 1) {
      codes.push(codeOf(wrapped));
      wrapped = { Type: 'Notification', Message: JSON.stringify(wrapped) };
    }
    expect(codes).toEqual([
      'read',
      'read',
      'read',
      'read',
      ...Array(2).fill('notification/bad-event'),
    ]);
  });

  test('notification/bad-event: as deep as it is long', () => {
    expect(readRelayEvent('['.repeat(500_000))).toMatchObject({ ok: false });
    const deep = `{"eventType":"Send","mail":{"messageId":"x","y":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`;
    expect(readRelayEvent(deep)).toMatchObject({ ok: true });
  });

  test('notification/too-large: longer than any queue carries', () => {
    expect(codeOf({ ...event('Send'), more: 'x'.repeat(1024 * 1024) })).toBe(
      'notification/too-large',
    );
  });

  test('notification/too-large: about more than a hundred, of whom not even a hundred are told', () => {
    expect(told(deliveryTo(100)).recipients).toHaveLength(100);
    expect(codeOf(deliveryTo(101))).toBe('notification/too-large');
  });
});
