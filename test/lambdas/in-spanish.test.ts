import { beforeEach, describe, expect, test } from '@jest/globals';
import { parseRequestId, type PatientId, type TransmissionId } from '../../shared/ids.ts';
import { done } from '../../shared/outcome.ts';
import { copiesOf } from '../../shared/transmission/copies.ts';
import { batchIdOf } from '../../shared/ids.ts';
import { openCopy } from '../support/open-copy.ts';
import { ANA, type HttpWorld, httpWorld, SYSTEM } from './http-world.ts';
import { consented, key, register, SHARE, share } from './steps.ts';

const SPANISH = { 'accept-language': 'es-MX, en;q=0.5' };
const REQUESTS = '/v1/patients/ana/transmit-requests';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
});

const get = (path: string, headers = SPANISH) => world.ask(`GET ${path}`, { as: ANA, headers });

/** Asked for in Spanish, and the same in English: only sentences differ, and the header says in which language they are. */
async function expectBoth(path: string, spanish: object, english: object): Promise<void> {
  const es = await get(path);
  expect(es.headers['content-language']).toBe('es');
  expect(es.body).toMatchObject(spanish);
  const en = await get(path, { 'accept-language': 'en-US' });
  expect(en.headers['content-language']).toBe('en');
  expect(en.body).toMatchObject(english);
}

/** A copy of Ana's record that failed. */
async function failedCopy(): Promise<TransmissionId> {
  const { requests, settings, ledger, keyOf, now } = world.ports;
  const { body } = await share(world);
  const id = parseRequestId(body.id);
  const request = id.ok ? await requests.get(keyOf('ana' as PatientId), id.value) : id;
  if (!request.ok) throw new Error(request.failure.code);
  const [copy] = copiesOf(request.value, batchIdOf('one'), settings, now());
  await openCopy(world.table, copy!, now());
  await ledger.append(copy!.id, now(), () =>
    done({ facts: [{ kind: 'ended', end: 'failed', code: 'trust/expired' }] }),
  );
  return copy!.id;
}

const EXPIRED = { en: 'The certificate has expired.', es: 'El certificado ha caducado.' };

describe('asked in Spanish', () => {
  test('a copy says what became of it', async () => {
    const id = await failedCopy();
    const asked = {
      en: 'A copy of the record was asked for.',
      es: 'Se pidió una copia del expediente.',
    };
    const told = (language: 'en' | 'es') => ({
      sentence: EXPIRED[language],
      timeline: [{ sentence: asked[language] }, { sentence: EXPIRED[language] }],
    });
    await expectBoth(`/v1/transmissions/${id}`, told('es'), told('en'));
  });

  test('so does the list of copies', async () => {
    await failedCopy();
    const [es, en] = [EXPIRED.es, EXPIRED.en].map((sentence) => ({
      transmissions: [{ sentence }],
    }));
    await expectBoth('/v1/patients/ana/transmissions', es!, en!);
  });

  test('a request says why it is paused, alone and in the list', async () => {
    const { body } = await share(world);
    await register(world, 'ana', { deceased: true });
    const spanish = {
      paused: {
        code: 'patient/deceased',
        sentence: 'El paciente consta como fallecido, y solo un representante puede pedir copias.',
      },
    };
    const english = { paused: { sentence: expect.stringContaining('has died') } };
    await expectBoth(`${REQUESTS}/${body.id}`, spanish, english);
    await expectBoth(REQUESTS, { transmitRequests: [spanish] }, { transmitRequests: [english] });
  });

  test('the press of Share says why an address cannot be reached', async () => {
    const { headers, body } = await share(world, { headers: { ...SPANISH, ...key('s') } });
    expect(headers['content-language']).toBe('es');
    expect(body.reachability).toMatchObject([
      {
        code: 'discover/no-certificate',
        sentence: expect.stringContaining('No hay un certificado'),
      },
    ]);
  });

  test('so does the check of an address', async () => {
    const { headers, body } = await world.ask('POST /v1/direct-addresses/check', {
      as: ANA,
      json: { address: SHARE.addresses[0] },
      headers: SPANISH,
    });
    expect(headers['content-language']).toBe('es');
    expect(body.sentence).toContain('No hay un certificado publicado');
  });

  test('an event says that nobody asks for it, and one beside it why it was refused', async () => {
    const event = {
      type: 'discharge',
      patientId: 'ana',
      eventId: '1',
      occurredAt: '2026-11-22T11:00:00Z',
    };
    const { headers, body } = await world.ask('POST /v1/events', {
      as: SYSTEM,
      json: { events: [event, { ...event, eventId: '2', patientId: 'nobody' }] },
      headers: SPANISH,
    });
    expect(headers['content-language']).toBe('es');
    expect(body.results).toMatchObject([
      { sentence: 'Ninguna solicitud activa pide un envío cuando esto ocurre.' },
      { sentence: 'El paciente no está registrado aquí.' },
    ]);
  });

  test('a refusal says it, with the same code', async () => {
    const { status, headers, body } = await get(`${REQUESTS}/req_${'a'.repeat(26)}`);
    expect([status, headers['content-language']]).toEqual([404, 'es']);
    expect(body).toMatchObject({
      code: 'transmit-request/unknown',
      detail: 'No existe esa solicitud.',
    });
  });
});

test('what says no sentence claims no language', async () => {
  const { headers } = await register(world);
  expect(headers['content-language']).toBeUndefined();
});
