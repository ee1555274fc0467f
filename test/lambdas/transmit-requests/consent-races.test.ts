import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ConsentId, PatientId } from '../../../shared/ids.ts';
import { type HttpWorld, httpWorld } from '../http-world.ts';
import { ACCEPTED, consent, consented, key, share } from '../steps.ts';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
});

describe('an answer of the patient while somebody presses Share', () => {
  test('consent/not-accepted: rejected between the decision and the request', async () => {
    const { requests } = world.ports;
    const no = { headers: key('no'), json: { ...ACCEPTED, decision: 'rejected' } };
    let answers = 0;
    const late: typeof requests = {
      ...requests,
      create: async (...given) => {
        answers += 1;
        if (answers === 1) await consent(world, no);
        return requests.create(...given);
      },
    };
    Object.assign(world.ports, { requests: late });
    expect(await share(world)).toMatchObject({ body: { code: 'consent/not-accepted' } });
    expect(await requests.list(world.ports.keyOf('ana' as PatientId))).toEqual([]);
  });

  test('edge/unavailable: answered again and again, each time before the request', async () => {
    const { requests, consents, keyOf } = world.ports;
    const [one] = await consents.list(keyOf('ana' as PatientId));
    let answers = 0;
    const late: typeof requests = {
      ...requests,
      create: async (...given) => {
        answers += 1;
        await consents.add({ ...one!, id: `con_${answers}` as ConsentId });
        return requests.create(...given);
      },
    };
    Object.assign(world.ports, { requests: late });
    expect(await share(world)).toMatchObject({ status: 503, body: { code: 'edge/unavailable' } });
    expect(answers).toBe(5);
  });
});
