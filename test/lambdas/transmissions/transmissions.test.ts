import { beforeEach, describe, expect, test } from '@jest/globals';
import { triggerIdOf } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import { copiesOf } from '../../../shared/transmission/copies.ts';
import { batchOf } from '../../../shared/trigger/match.ts';
import { openCopy } from '../../support/open-copy.ts';
import { ANA, BEN, type HttpWorld, httpWorld, PROVIDER, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, SHARE, share } from '../steps.ts';

const LIST = '/v1/patients/ana/transmissions';

let world: HttpWorld;
let id: string;

/** One copy of Ana's record that has failed. */
beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
  const { body } = await share(world, { json: { ...SHARE, clientReference: 'portal-77' } });
  const { ledger, requests, triggers, settings, now } = world.ports;
  const trigger = await triggers.get(triggerIdOf('request', body.id));
  if (!trigger.ok) throw new Error('no trigger');
  const request = await requests.get(trigger.value.patientKey, body.id);
  if (!request.ok) throw new Error('no request');
  const batch = batchOf(trigger.value, request.value);
  const [copy] = copiesOf(request.value, batch, settings, now());
  await openCopy(world.table, copy!, now());
  await ledger.append(copy!.id, now(), () =>
    done({ facts: [{ kind: 'ended', end: 'failed', code: 'trust/expired' }] }),
  );
  id = copy!.id;
});

describe('a transmission', () => {
  test.each([
    ['its patient', ANA],
    ['a provider', PROVIDER],
    ['a system', SYSTEM],
  ])('is shown to %s with its status, its code and its facts', async (_, as) => {
    const answered = await world.ask(`GET /v1/transmissions/${id}`, { as });
    expect(answered).toMatchObject({
      status: 200,
      body: {
        id,
        clientReference: 'portal-77',
        address: 'dr.lee@direct.clinic.example',
        status: 'failed',
        code: 'trust/expired',
        sentence: 'The certificate has expired.',
        timeline: [
          { kind: 'requested', sentence: expect.any(String) },
          { kind: 'ended', code: 'trust/expired' },
        ],
      },
    });
  });

  test('stands in the list of its patient', async () => {
    const { status, body } = await world.ask(`GET ${LIST}`, { as: ANA });
    expect(status).toBe(200);
    expect(body.transmissions).toEqual([
      {
        id,
        requestId: expect.any(String),
        address: 'dr.lee@direct.clinic.example',
        createdAt: '2026-11-22T12:00:00.000Z',
        status: 'failed',
        code: 'trust/expired',
        sentence: 'The certificate has expired.',
      },
    ]);
  });

  test('transmission/unknown: of somebody else it is answered as of none', async () => {
    const others = await expectRefused(world, 'transmission/unknown', () =>
      world.ask(`GET /v1/transmissions/${id}`, { as: BEN }),
    );
    const none = await expectRefused(world, 'transmission/unknown', () =>
      world.ask(`GET /v1/transmissions/tx_${'a'.repeat(26)}`, { as: BEN }),
    );
    expect(others).toEqual(none);
  });

  test('transmission/unknown: what is no id', async () => {
    await expectRefused(world, 'transmission/unknown', () =>
      world.ask('GET /v1/transmissions/1', { as: SYSTEM }),
    );
  });

  test('edge/forbidden: the list of another patient', async () => {
    await expectRefused(world, 'edge/forbidden', () => world.ask(`GET ${LIST}`, { as: BEN }));
  });
});
