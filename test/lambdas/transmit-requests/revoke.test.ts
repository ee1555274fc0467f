import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  type DirectAddress,
  type MessageId,
  type PatientId,
  type RequestId,
  sha256,
  type TransmissionId,
  triggerIdOf,
} from '../../../shared/ids.ts';
import { KEYS } from '../../../shared/adapters/dynamo/keys.ts';
import { itemOf } from '../../../shared/adapters/dynamo/table/items.ts';
import { done } from '../../../shared/outcome.ts';
import { copiesOf } from '../../../shared/transmission/copies.ts';
import { batchOf } from '../../../shared/trigger/match.ts';
import { openCopy } from '../../support/open-copy.ts';
import { ANA, BEN, type HttpWorld, httpWorld } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, key, SHARE, share } from '../steps.ts';

const REQUESTS = '/v1/patients/ana/transmit-requests';
const LEE = 'dr.lee@direct.clinic.example';
const LAB = 'lab@direct.other.example';

let world: HttpWorld;
let id: RequestId;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  id = (await share(world, { json: { ...SHARE, addresses: [LEE, LAB] } })).body.id;
});

const revoke = (json?: object, requestId: string = id) =>
  world.ask(`POST ${REQUESTS}/${requestId}/revoke`, {
    as: ANA,
    ...(json === undefined ? {} : { json }),
  });

const amend = (addresses: readonly string[], ifMatch = '"1"') =>
  world.ask(`PATCH ${REQUESTS}/${id}`, {
    as: ANA,
    json: { addresses },
    headers: { 'if-match': ifMatch },
  });

/** A copy to every address; of those named, the intent is on record and nothing after it. */
async function copies(leaving: readonly string[]): Promise<void> {
  const { ledger, requests, triggers, settings, now } = world.ports;
  const trigger = await triggers.get(triggerIdOf('request', id));
  if (!trigger.ok) throw new Error('no trigger');
  const request = await requests.get(trigger.value.patientKey, id);
  if (!request.ok) throw new Error('no request');
  const batch = batchOf(trigger.value, request.value);
  for (const copy of copiesOf(request.value, batch, settings, now())) {
    await openCopy(world.table, copy, now());
    if (!leaving.includes(copy.address)) continue;
    const intent = {
      kind: 'intent',
      attempt: 1,
      messageId: `${copy.id}@direct.greenstreet.example` as MessageId,
      messageSha256: sha256(copy.id),
      messageBytes: 1,
      certificates: [],
      proved: 'mailbox',
      documents: 1,
    } as const;
    await ledger.append(copy.id, now(), () => done({ facts: [intent] }));
  }
}

describe('revoking a request', () => {
  test('stops it and all its addresses, and names no copy when none is leaving', async () => {
    await copies([]);
    world.at('2026-11-22T13:00:00Z');
    expect(await revoke()).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: {
        status: 'revoked',
        revokedAt: '2026-11-22T13:00:00.000Z',
        addresses: [
          { address: LEE, status: 'revoked', revokedAt: '2026-11-22T13:00:00.000Z' },
          { address: LAB, status: 'revoked' },
        ],
        inFlight: [],
      },
    });
  });

  test('names the copies that may be leaving, as the portal calls what they are of', async () => {
    const json = { clientReference: 'portal-77' };
    await world.ask(`PATCH ${REQUESTS}/${id}`, { as: ANA, json, headers: { 'if-match': '"1"' } });
    await copies([LEE]);
    const { body } = await revoke();
    expect(body.inFlight).toEqual([
      {
        transmissionId: expect.stringMatching(/^tx_/),
        requestId: id,
        ...json,
        address: LEE,
      },
    ]);
  });

  test('names a copy that is leaving, be it older than all that a list shows', async () => {
    await copies([LEE]);
    const patient = world.ports.keyOf('ana' as PatientId);
    const [line] = await world.ports.ledger.list(patient);
    for (let batch = 0; batch < 21; batch += 1) {
      const newer = Array.from({ length: 100 }, (_, n) => ({
        put: itemOf(
          KEYS.line(patient, '2026-11-22T12:30:00.000Z', `tx_${batch}_${n}` as TransmissionId),
          'line',
          line!,
        ),
      }));
      await world.table.write(newer);
    }
    expect((await revoke()).body.inFlight).toMatchObject([{ requestId: id, address: LEE }]);
  });

  test('reads the copies after the revocation is kept, so none slips between', async () => {
    const { ledger } = world.ports;
    let statusWhenRead: string | undefined;
    const watched: typeof ledger = {
      ...ledger,
      leaving: async (patient) => {
        const request = await world.ports.requests.get(patient, id);
        statusWhenRead = request.ok ? request.value.status : undefined;
        return ledger.leaving(patient);
      },
    };
    Object.assign(world.ports, { ledger: watched });
    await revoke();
    expect(statusWhenRead).toBe('revoked');
  });

  test('again keeps the time of the first and names the copies again', async () => {
    await copies([LEE]);
    const first = await revoke();
    world.at('2026-11-22T14:00:00Z');
    const before = world.writes();
    const again = await revoke();
    expect(again).toEqual(first);
    expect(world.writes()).toBe(before);
  });

  test('takes an empty object for the whole request', async () => {
    expect((await revoke({})).body.status).toBe('revoked');
  });
});

describe('revoking one address', () => {
  test('leaves the others, and names the copies to that address only', async () => {
    await copies([LEE, LAB]);
    const { body } = await revoke({ address: 'DR.Lee@direct.clinic.example' });
    expect(body).toMatchObject({
      status: 'active',
      addresses: [
        { address: LEE, status: 'revoked' },
        { address: LAB, status: 'active' },
      ],
    });
    expect(body.inFlight.map((each: { address: DirectAddress }) => each.address)).toEqual([LEE]);
  });

  test('the last one stops the request', async () => {
    await revoke({ address: LEE });
    world.at('2026-11-22T15:00:00Z');
    const { body } = await revoke({ address: LAB });
    expect(body).toMatchObject({ status: 'revoked', revokedAt: '2026-11-22T15:00:00.000Z' });
    expect(body.addresses[0].revokedAt).toBe('2026-11-22T12:00:00.000Z');
  });

  test('transmit-request/unknown-address: one that the request does not name', async () => {
    await expectRefused(world, 'transmit-request/unknown-address', () =>
      revoke({ address: 'other@direct.clinic.example' }),
    );
  });

  test('discover/bad-address: what is no address', async () => {
    await expectRefused(world, 'discover/bad-address', () => revoke({ address: 'lee' }));
  });
});

describe('an address that a change does not name any more', () => {
  test('is revoked as by a revocation: the copies to it that may be leaving are named', async () => {
    await copies([LEE, LAB]);
    const { body } = await amend([LAB]);
    expect(body.inFlight).toEqual([
      { transmissionId: expect.stringMatching(/^tx_/), requestId: id, address: LEE },
    ]);
  });

  test('is told of again by a change that finds it stopped, as who repeats a lost call wants to know', async () => {
    await copies([LEE, LAB]);
    const first = await amend([LAB]);
    expect((await amend([LAB], '"2"')).body.inFlight).toEqual(first.body.inFlight);
  });
});

describe('revoking everything', () => {
  test('stops every request of the patient and nobody else', async () => {
    const second = (await share(world, { headers: key('share-2') })).body.id;
    await copies([LAB]);
    const { status, body } = await world.ask(`POST ${REQUESTS}/revoke-all`, { as: ANA });
    expect(status).toBe(200);
    expect(
      body.transmitRequests.map((each: { id: string; status: string }) => [each.id, each.status]),
    ).toEqual(
      expect.arrayContaining([
        [id, 'revoked'],
        [second, 'revoked'],
      ]),
    );
    expect(body.inFlight).toMatchObject([{ requestId: id, address: LAB }]);
    const before = world.writes();
    const again = await world.ask(`POST ${REQUESTS}/revoke-all`, { as: ANA });
    expect(again.body).toEqual(body);
    expect(world.writes()).toBe(before);
  });

  test('edge/forbidden: of another patient', async () => {
    await expectRefused(world, 'edge/forbidden', () =>
      world.ask(`POST ${REQUESTS}/revoke-all`, { as: BEN }),
    );
  });
});

test('transmit-request/unknown: a request that is not there', async () => {
  await expectRefused(world, 'transmit-request/unknown', () => revoke({}, `req_${'a'.repeat(26)}`));
});

test('edge/precondition-failed: another version than the caller has seen', async () => {
  const path = `POST ${REQUESTS}/${id}/revoke`;
  const as = ANA;
  await expectRefused(world, 'edge/precondition-failed', () =>
    world.ask(path, { as, headers: { 'if-match': '"2", W/"1"' } }),
  );
  const matching = await world.ask(path, { as, headers: { 'if-match': '"7", "1"' } });
  expect(matching.body.status).toBe('revoked');
  expect((await world.ask(path, { as, headers: { 'if-match': '*' } })).status).toBe(200);
});

test('edge/malformed: an unknown field is no whole revocation', async () => {
  await expectRefused(world, 'edge/malformed', () => revoke({ adress: LEE }));
});
