import { beforeEach, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { sha256, triggerIdOf } from '../shared/ids.ts';
import { decodeBody, headerOf } from '../shared/secure/mime.ts';
import type { Trigger } from '../shared/trigger/trigger.ts';
import { ANA, SENDER, SYSTEM } from './lambdas/http-world.ts';
import { share } from './lambdas/steps.ts';
import { sampleCcda } from './support/ccda.ts';
import { samplePdf } from './support/files.ts';
import { messageIdIn } from './support/memory/partner.ts';
import {
  discharge,
  DOCUMENT,
  kinds,
  readyToShare,
  report,
  revoke,
  transmission,
  upload,
} from './support/one-record.ts';
import { RECIPIENT, type WholePath } from './support/whole-path.ts';

let path: WholePath;

beforeEach(async () => {
  path = await readyToShare();
});

function packageIn({ innerEntity }: ReturnType<WholePath['partner']['open']>) {
  const zip = decodeBody(innerEntity.parts[1]!);
  if (!zip.ok) throw new Error(zip.failure.code);
  return unzipSync(zip.value);
}

describe('one record, all the way', () => {
  test('from a discharge to delivered', async () => {
    await discharge(path);
    expect(await transmission(path)).toMatchObject({ status: 'sent' });
    await path.answer(['processed', 'dispatched']);

    const view = await transmission(path);
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
    await discharge(path);
    const [copy] = path.relay.taken;
    const opened = path.partner.open(copy!);
    expect(copy).toMatchObject({ from: SENDER, to: RECIPIENT });
    expect(headerOf(opened.innerEntity, 'disposition-notification-to')).toContain(SENDER);
    const entries = packageIn(opened);
    expect(Buffer.from(entries['IHE_XDM/SUBSET01/DOC00001.XML']!)).toEqual(Buffer.from(DOCUMENT));
  });

  test('a file of another kind goes with it', async () => {
    const uploaded = await path.ask('PUT /v1/patients/ana/record/documents/scan?title=Scan', {
      as: SYSTEM,
      bytes: samplePdf(),
      headers: { 'content-type': 'application/pdf' },
    });
    expect(uploaded.status).toBe(201);
    await path.settle();
    await path.sweepAt('2026-11-22T12:05:00Z');
    const entries = packageIn(path.partner.open(path.relay.taken[0]!));
    const pdf = entries['IHE_XDM/SUBSET01/DOC00002.PDF'] ?? new Uint8Array();
    expect(Buffer.from(pdf)).toEqual(Buffer.from(samplePdf()));
    expect(Object.keys(entries)).toContain('IHE_XDM/SUBSET01/DOC00001.XML');
  });

  test('a request for one copy sends it at once, and never again', async () => {
    await path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });
    await share(path, {
      json: { addresses: [RECIPIENT], frequency: 'once' },
      headers: { 'idempotency-key': 'once' },
    });
    await path.settle();
    await report(path, 'event-2');
    await upload(path, sampleCcda({ title: 'A later summary' }));
    await path.settle();
    await path.sweepAt('2026-11-22T12:30:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('a changed record is sent, the same bytes again are no change', async () => {
    await upload(path);
    await path.settle();
    await path.sweepAt('2026-11-22T12:05:00Z');
    expect(path.relay.taken).toHaveLength(0);
    await upload(path, sampleCcda({ title: 'A later summary' }));
    await path.settle();
    await path.sweepAt('2026-11-22T12:09:59Z');
    expect(path.relay.taken).toHaveLength(0);
    await path.sweepAt('2026-11-22T12:10:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });
});

describe('what is repeated, lost or late', () => {
  test('the same event twice, and every doorbell three times, make one copy', async () => {
    await report(path);
    await report(path);
    path.stream.push(...path.stream, ...path.stream);
    await path.settle();
    const { id } = await transmission(path);
    path.queues.send.push(id, id, id);
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });

  test('every doorbell lost: the sweep rings again, for the trigger and for the copy', async () => {
    await report(path);
    path.stream.length = 0;
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
    await path.sweepAt('2026-11-22T12:01:01Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('notification/not-processed: the partner never answers', async () => {
    await discharge(path);
    await path.sweepAt('2026-11-22T12:59:59Z');
    expect(await transmission(path)).toMatchObject({ status: 'sent' });
    await path.sweepAt('2026-11-22T13:00:00Z');
    expect(await transmission(path)).toMatchObject({
      status: 'failed',
      code: 'notification/not-processed',
    });
    await path.answer(['processed', 'dispatched']);
    const view = await transmission(path);
    expect(view).toMatchObject({ status: 'failed' });
    expect(kinds(view).filter((kind) => kind === 'late-notice')).toHaveLength(2);
  });

  test('notification/no-final-confirmation: the mailbox never answers', async () => {
    await discharge(path);
    await path.answer(['processed']);
    await path.sweepAt('2026-11-22T13:00:00Z');
    expect(await transmission(path)).toMatchObject({ code: 'notification/no-final-confirmation' });
  });

  test('notification/recipient-failed: the partner says that it could not deliver', async () => {
    await discharge(path);
    await path.answer(['processed', 'failed']);
    expect(await transmission(path)).toMatchObject({ code: 'notification/recipient-failed' });
  });
});

describe('a worker dies between intent and the relay’s answer', () => {
  beforeEach(async () => {
    path.relay.behave('dies-after-taking');
    await discharge(path);
    path.relay.behave('takes');
    path.queues.send.length = 0;
  });

  test('the copy is uncertain, and is sent again with the same bytes', async () => {
    expect(await transmission(path)).toMatchObject({ status: 'sending' });
    await path.sweepAt('2026-11-22T12:02:31Z');
    expect(await transmission(path)).toMatchObject({ status: 'uncertain' });
    await path.sweepAt('2026-11-22T12:12:32Z');
    const [first, second] = path.relay.taken;
    expect(Buffer.compare(first!.bytes, second!.bytes)).toBe(0);
    await path.answer(['processed', 'dispatched'], 1);
    expect(await transmission(path)).toMatchObject({ status: 'delivered' });
  });

  test('or a notice settles it, and nothing is sent again', async () => {
    await path.sweepAt('2026-11-22T12:02:31Z');
    await path.answer(['processed', 'dispatched']);
    expect(await transmission(path)).toMatchObject({ status: 'delivered' });
    await path.sweepAt('2026-11-22T12:30:00Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('or the notices come while the second attempt is in hand: it does not leave', async () => {
    await path.sweepAt('2026-11-22T12:02:31Z');
    const kept = { ...path.messages };
    path.messages.get = async (key) => {
      await path.answer(['processed', 'dispatched']);
      return kept.get(key);
    };
    await path.sweepAt('2026-11-22T12:12:32Z');
    expect(path.relay.taken).toHaveLength(1);
    const view = await transmission(path);
    expect(view).toMatchObject({ status: 'delivered' });
    expect(kinds(view).filter((kind) => kind === 'intent')).toHaveLength(1);
  });

  test('deliver/unresolved: revoked meanwhile, it is not sent again and nobody says it was stopped', async () => {
    const { body } = await revoke(path);
    expect(body.inFlight).toHaveLength(1);
    await path.sweepAt('2026-11-22T12:02:31Z');
    await path.sweepAt('2026-11-22T12:12:32Z');
    expect(path.relay.taken).toHaveLength(1);
    await path.sweepAt('2026-11-25T12:00:01Z');
    expect(await transmission(path)).toMatchObject({
      status: 'failed',
      code: 'deliver/unresolved',
    });
  });
});

describe('the sweep', () => {
  test('reaches a deadline behind any number of triggers that nobody can match', async () => {
    await discharge(path);
    for (const n of Array.from({ length: 500 }).keys()) {
      const unmatched = { ...TRIGGER, id: triggerIdOf('test', String(n)) };
      await path.ports.triggers.add(unmatched, new Date(0));
    }
    path.stream.length = 0;
    path.workers.match = async () => ({ batchItemFailures: [] });
    for (const minute of [0, 1, 2]) await path.sweepAt(`2026-11-22T13:0${minute}:00Z`);
    expect(await transmission(path)).toMatchObject({ code: 'notification/not-processed' });
  });
});

const TRIGGER = {
  kind: 'discharge',
  patientId: 'nobody',
  patientKey: 'pat_nobody',
  occurredAt: '2026-11-22T11:00:00.000Z',
  receivedAt: '2026-11-22T11:00:00.000Z',
  contentSha256: sha256(''),
} as unknown as Trigger;

test('neither a key of the table nor a line of the log says who the patient or the recipient is', async () => {
  const keys: string[] = [];
  path.table.onChange(({ newImage }) =>
    keys.push(`${newImage?.['pk']?.S} ${newImage?.['sk']?.S} ${newImage?.['duePk']?.S}`),
  );
  await discharge(path);
  await path.answer(['processed', 'dispatched']);
  const personal = /rivera|lucia|dr\.lee|clinic|MRN-0001|greenstreet|\bana\b/i;
  expect(keys.length).toBeGreaterThan(6);
  expect(keys.filter((each) => personal.test(each))).toEqual([]);
  expect(path.lines.length).toBeGreaterThan(6);
  expect(path.lines.filter((each) => personal.test(each))).toEqual([]);
});

test('the timeline says under which Message-ID the copy left', async () => {
  await discharge(path);
  const id = messageIdIn(path.partner.open(path.relay.taken[0]!));
  const view = await transmission(path);
  expect(view.timeline).toContainEqual(expect.objectContaining({ kind: 'intent', messageId: id }));
});
