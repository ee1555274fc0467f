import { beforeEach, describe, expect, test } from '@jest/globals';
import { ANA, type Answered, SYSTEM } from './lambdas/http-world.ts';
import { key, MRN, register } from './lambdas/steps.ts';
import { discharge, kinds, readyToShare, report, transmission } from './support/one-record.ts';
import type { WholePath } from './support/whole-path.ts';

const EXECUTOR = { ...ANA, kind: 'representative' as const, subject: 'representative-1' };

let path: WholePath;

beforeEach(async () => {
  path = await readyToShare();
  await register(path, 'second', { identifiers: [{ ...MRN, value: 'MRN-0002' }] });
});

const died = () => register(path, 'ana', { deceased: true });

const merge = (from: string, into: string) =>
  path.ask(`POST /v1/patients/${into}/merge`, {
    as: SYSTEM,
    json: { from },
    headers: key(`${from} into ${into}`),
  });

const GONE = [
  ['patient/merged: the registration was given up', () => merge('ana', 'second'), 'patient/merged'],
  ['patient/deceased: the patient died', died, 'patient/deceased'],
  [
    'transmit-request/paused: another registration was merged into it',
    () => merge('second', 'ana'),
    'transmit-request/paused',
  ],
] as const;

/** Reports a discharge, and holds its copy where the sender is rung for it. */
async function openCopy(): Promise<string> {
  const held = path.workers.send;
  path.workers.send = async () => ({ batchItemFailures: [] });
  await discharge(path);
  path.workers.send = held;
  return (await transmission(path)).id;
}

const shown = async (id: string): Promise<Answered['body']> =>
  (await path.ask(`GET /v1/transmissions/${id}`, { as: SYSTEM })).body;

describe('what was opened before ends without leaving', () => {
  test.each(GONE)('%s, between the event and the send', async (_, goes, code) => {
    const id = await openCopy();
    expect((await goes()).status).toBe(200);
    path.queues.send.push(id);
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
    expect(await shown(id)).toMatchObject({ status: 'stopped', code });
  });

  test.each(GONE)('%s, while the message is being made', async (_, goes, code) => {
    const id = await openCopy();
    const kept = { ...path.messages };
    path.messages.put = async (place, bytes) => {
      expect((await goes()).status).toBe(200);
      await kept.put(place, bytes);
    };
    path.queues.send.push(id);
    await path.settle();
    expect(path.relay.taken).toHaveLength(0);
    const view = await shown(id);
    expect(view).toMatchObject({ status: 'stopped', code });
    expect(kinds(view)).toEqual(['requested', 'ended']);
  });
});

test('what is paused leaves again when somebody who may ask has resumed it: after a death a representative', async () => {
  await died();
  const { body } = await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA });
  const [{ id }] = body.transmitRequests;
  await path.ask(`POST /v1/patients/ana/transmit-requests/${id}/resume`, { as: EXECUTOR });
  await report(path);
  await path.settle();
  expect(path.relay.taken).toHaveLength(1);
  expect(await transmission(path)).toMatchObject({ status: 'sent' });
});

test('an event under the number that was given up is a reason to send for the survivor', async () => {
  await merge('second', 'ana');
  const { body } = await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA });
  const [{ id }] = body.transmitRequests;
  await path.ask(`POST /v1/patients/ana/transmit-requests/${id}/resume`, { as: ANA });
  await path.ask('POST /v1/events', {
    as: SYSTEM,
    json: {
      eventId: 'e',
      type: 'discharge',
      patientIdentifier: { ...MRN, value: 'MRN-0002' },
      occurredAt: '2026-11-22T11:59:00Z',
    },
  });
  await path.settle();
  expect(await transmission(path)).toMatchObject({ status: 'sent' });
});
