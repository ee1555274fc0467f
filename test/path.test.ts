import { beforeEach, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { decodeBody, headerOf } from '../shared/secure/mime.ts';
import { ANA, SENDER, SYSTEM, type Answered } from './lambdas/http-world.ts';
import { consented, share, SHARE } from './lambdas/steps.ts';
import { sampleCcda } from './support/ccda.ts';
import { messageIdIn } from './support/memory/partner.ts';
import { cachedAuthority, cachedKeys, issueQuickly } from './support/pki.ts';
import { RECIPIENT, wholePath, type WholePath } from './support/whole-path.ts';

const DOCUMENT = sampleCcda();
let path: WholePath;

beforeEach(async () => {
  path = await wholePath();
  await consented(path);
  await upload();
  await path.settle();
  await share(path, { json: { ...SHARE, addresses: [RECIPIENT], sendNow: false } });
});

const upload = (bytes = DOCUMENT): Promise<Answered> =>
  path.ask('PUT /v1/patients/ana/record/documents/ccd', {
    as: SYSTEM,
    bytes,
    headers: { 'content-type': 'application/xml' },
  });

const report = (eventId = 'event-1', type = 'discharge'): Promise<Answered> =>
  path.ask('POST /v1/events', {
    as: SYSTEM,
    json: { eventId, type, patientId: 'ana', occurredAt: '2026-11-22T11:59:00Z' },
  });

/** The only transmission there is, as the API shows it. */
async function transmission(): Promise<Answered['body']> {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  expect(body.transmissions).toHaveLength(1);
  return (await path.ask(`GET /v1/transmissions/${body.transmissions[0].id}`, { as: ANA })).body;
}

const kinds = ({ timeline }: Answered['body']): readonly string[] =>
  timeline.map(({ kind }: { kind: string }) => kind);

async function requestId(): Promise<string> {
  const { body } = await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA });
  return body.transmitRequests[0].id;
}

const revoke = async (): Promise<Answered> =>
  path.ask(`POST /v1/patients/ana/transmit-requests/${await requestId()}/revoke`, { as: ANA });

describe('one record, all the way', () => {
  test('from a discharge to delivered', async () => {
    await report();
    await path.settle();
    expect(await transmission()).toMatchObject({ status: 'sent' });
    await path.answer(['processed', 'dispatched']);

    const view = await transmission();
    expect(view).toMatchObject({ status: 'delivered', address: RECIPIENT });
    expect(kinds(view)).toEqual([
      'requested',
      'intent',
      'accepted',
      'processed',
      'dispatched',
      'ended',
    ]);
  });

  test('the partner finds the very bytes that the EHR uploaded, and whom to answer', async () => {
    await report();
    await path.settle();
    const [copy] = path.relay.taken;
    const opened = path.partner.open(copy!);
    expect(copy).toMatchObject({ from: SENDER, to: RECIPIENT });
    expect(headerOf(opened.innerEntity, 'disposition-notification-to')).toContain(SENDER);
    const zip = decodeBody(opened.innerEntity.parts[1]!);
    if (!zip.ok) throw new Error(zip.failure.code);
    const entries = unzipSync(zip.value);
    expect(Buffer.from(entries['IHE_XDM/SUBSET01/DOC00001.XML']!)).toEqual(Buffer.from(DOCUMENT));
  });

  test('a request for one copy sends it at once, and never again', async () => {
    await path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });
    await share(path, {
      json: { addresses: [RECIPIENT], frequency: 'once' },
      headers: { 'idempotency-key': 'once' },
    });
    await path.settle();
    await report('event-2');
    await upload(sampleCcda({ title: 'A later summary' }));
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });

  test('a changed record is sent, the same bytes again are no change', async () => {
    await upload();
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
    await upload(sampleCcda({ title: 'A later summary' }));
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });
});

describe('what is repeated, lost or late', () => {
  test('the same event twice, and every doorbell three times, make one copy', async () => {
    await report();
    await report();
    path.stream.push(...path.stream, ...path.stream);
    await path.settle();
    const { id } = await transmission();
    path.queues.send.push(id, id, id);
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });

  test('every doorbell lost: the sweep rings again, for the trigger and for the copy', async () => {
    await report();
    path.stream.length = 0;
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
    path.at('2026-11-22T12:01:01Z');
    await path.sweepAt('2026-11-22T12:01:01Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('notification/not-processed: the partner never answers', async () => {
    await report();
    await path.settle();
    await path.sweepAt('2026-11-22T12:59:59Z');
    expect(await transmission()).toMatchObject({ status: 'sent' });
    await path.sweepAt('2026-11-22T13:00:00Z');
    expect(await transmission()).toMatchObject({
      status: 'failed',
      code: 'notification/not-processed',
    });
    await path.answer(['processed', 'dispatched']);
    const view = await transmission();
    expect(view).toMatchObject({ status: 'failed' });
    expect(kinds(view).filter((kind) => kind === 'late-notice')).toHaveLength(2);
  });

  test('notification/no-final-confirmation: the mailbox never answers', async () => {
    await report();
    await path.settle();
    await path.answer(['processed']);
    await path.sweepAt('2026-11-22T13:00:00Z');
    expect(await transmission()).toMatchObject({ code: 'notification/no-final-confirmation' });
  });

  test('notification/recipient-failed: the partner says that it could not deliver', async () => {
    await report();
    await path.settle();
    await path.answer(['processed', 'failed']);
    expect(await transmission()).toMatchObject({ code: 'notification/recipient-failed' });
  });
});

describe('a worker dies between intent and the relay’s answer', () => {
  beforeEach(async () => {
    path.relay.behave('dies-after-taking');
    await report();
    await path.settle();
    path.relay.behave('takes');
    path.queues.send.length = 0;
  });

  test('the copy is uncertain, and is sent again with the same bytes', async () => {
    expect(await transmission()).toMatchObject({ status: 'sending' });
    await path.sweepAt('2026-11-22T12:01:31Z');
    expect(await transmission()).toMatchObject({ status: 'uncertain' });
    await path.sweepAt('2026-11-22T12:11:32Z');
    const [first, second] = path.relay.taken;
    expect(Buffer.compare(first!.bytes, second!.bytes)).toBe(0);
    await path.answer(['processed', 'dispatched'], 1);
    expect(await transmission()).toMatchObject({ status: 'delivered' });
  });

  test('or a notice settles it, and nothing is sent again', async () => {
    await path.sweepAt('2026-11-22T12:01:31Z');
    await path.answer(['processed', 'dispatched']);
    expect(await transmission()).toMatchObject({ status: 'delivered' });
    await path.sweepAt('2026-11-22T12:30:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('deliver/unresolved: revoked meanwhile, it is not sent again and nobody says it was stopped', async () => {
    const { body } = await revoke();
    expect(body.inFlight).toHaveLength(1);
    await path.sweepAt('2026-11-22T12:01:31Z');
    await path.sweepAt('2026-11-22T12:11:32Z');
    expect(path.relay.taken).toHaveLength(1);
    await path.sweepAt('2026-11-25T12:00:01Z');
    expect(await transmission()).toMatchObject({ status: 'failed', code: 'deliver/unresolved' });
  });
});

describe('revocation', () => {
  test('transmit-request/revoked: between the event and the send, nothing leaves', async () => {
    await report();
    path.queues.send.length = 0;
    const held = path.workers.send;
    path.workers.send = async () => ({ batchItemFailures: [] });
    await path.settle();
    path.workers.send = held;
    const { body } = await revoke();
    expect(body.inFlight).toEqual([]);
    path.queues.send.push((await transmission()).id);
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
    expect(await transmission()).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
  });

  test('ends what would come: a later event opens nothing', async () => {
    await revoke();
    const { body } = await report();
    expect(body.results[0]).toMatchObject({ result: 'accepted', requests: 0 });
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
  });
});

describe('a copy that cannot be sent ends with its code', () => {
  const published = async (options: object): Promise<void> => {
    const { certificate } = await issueQuickly(path.anchor, { address: RECIPIENT, ...options });
    path.directory.set('dr.lee.direct.clinic.example', [{ type: 1, data: certificate }]);
  };

  test.each([
    [
      'trust/expired',
      { notBefore: new Date('2025-01-01'), notAfter: new Date('2026-11-22T11:00:00Z') },
    ],
    ['trust/wrong-address', { address: 'someone@else.example' }],
    ['trust/key-usage', { keyUsage: ['digitalSignature'] }],
  ])('%s', async (code, options) => {
    await published(options);
    await report();
    await path.settle();
    expect(await transmission()).toMatchObject({ status: 'failed', code });
  });

  test('trust/no-anchor: an authority that nobody configured', async () => {
    const stranger = await cachedAuthority('A stranger');
    const { certificate } = await issueQuickly(stranger, { address: RECIPIENT });
    path.directory.set('dr.lee.direct.clinic.example', [{ type: 1, data: certificate }]);
    await report();
    await path.settle();
    expect(await transmission()).toMatchObject({ status: 'failed', code: 'trust/no-anchor' });
  });

  test('discover/no-certificate: nothing is published', async () => {
    path.directory.set('dr.lee.direct.clinic.example', []);
    await report();
    await path.settle();
    expect(await transmission()).toMatchObject({
      status: 'failed',
      code: 'discover/no-certificate',
    });
  });

  test('deliver/refused: the relay answers 5xx', async () => {
    path.relay.behave('refuses');
    await report();
    await path.settle();
    expect(await transmission()).toMatchObject({ status: 'failed', code: 'deliver/refused' });
  });

  test('deliver/deferred: the relay answers 4xx until the patience of the plan is over', async () => {
    path.relay.behave('defers');
    await report();
    await path.settle();
    for (let hour = 0; hour <= 25; hour += 1) {
      const at = new Date(Date.UTC(2026, 10, 22, 12 + hour, 1));
      await path.sweepAt(at.toISOString());
    }
    expect(await transmission()).toMatchObject({ status: 'failed', code: 'deliver/deferred' });
  });

  test('a relay that takes it at the third attempt still delivers', async () => {
    path.relay.behave('defers');
    await report();
    await path.settle();
    await path.sweepAt('2026-11-22T12:01:00Z');
    path.relay.behave('takes');
    await path.sweepAt('2026-11-22T12:06:00Z');
    await path.answer(['dispatched', 'processed']);
    const view = await transmission();
    expect(view).toMatchObject({ status: 'delivered' });
    expect(kinds(view).filter((kind) => kind === 'deferred')).toHaveLength(2);
  });
});

describe('a notice that is forged changes nothing', () => {
  test.each([
    [
      'trust/wrong-address: signed by another participant',
      async () => path.anchor,
      'dr.roe@direct.other.example',
    ],
    [
      'trust/no-anchor: signed under an anchor of its own',
      () => cachedAuthority('A stranger'),
      RECIPIENT,
    ],
  ])('%s', async (_, authority, signerAddress) => {
    await report();
    await path.settle();
    const signer = await issueQuickly(await authority(), {
      address: signerAddress,
      keys: await cachedKeys('forger'),
    });
    await path.answer(['processed', 'dispatched'], 0, signer);
    expect(await transmission()).toMatchObject({ status: 'sent' });
  });

  test('not encrypted, or not a notice at all', async () => {
    await report();
    await path.settle();
    const before = await transmission();
    await path.deliverMail(Buffer.from('From: a@b.example\r\nSubject: hello\r\n\r\nhello'));
    await path.deliverMail(Buffer.from([0, 1, 2, 255]));
    expect(await transmission()).toEqual(before);
    expect(path.queues.mail).toEqual([]);
  });
});

test('neither a key of the table nor a line of the log says who the patient or the recipient is', async () => {
  const keys: string[] = [];
  path.table.onChange(({ newImage }) =>
    keys.push(`${newImage?.['pk']?.S} ${newImage?.['sk']?.S} ${newImage?.['duePk']?.S}`),
  );
  await report();
  await path.settle();
  await path.answer(['processed', 'dispatched']);
  const personal = /rivera|lucia|dr\.lee|clinic|MRN-0001|greenstreet|\bana\b/i;
  expect(keys.length).toBeGreaterThan(6);
  expect(keys.filter((each) => personal.test(each))).toEqual([]);
  expect(path.lines.length).toBeGreaterThan(6);
  expect(path.lines.filter((each) => personal.test(each))).toEqual([]);
});

test('the Message-ID is the same at each attempt and cannot be guessed from the outside', async () => {
  await report();
  await path.settle();
  const id = messageIdIn(path.partner.open(path.relay.taken[0]!));
  const view = await transmission();
  expect(view.timeline).toContainEqual(expect.objectContaining({ kind: 'intent', messageId: id }));
  expect(id).not.toContain(view.id);
});
