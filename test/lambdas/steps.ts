import { sha256 } from '../../shared/ids.ts';
import { type Asking } from './http-event.ts';
import { ANA, type Answered, type HttpWorld, SYSTEM, TEXT } from './http-world.ts';

/** What a test takes for granted before it begins. Each answers what the API answered. */

export const MRN = { system: '2.16.840.1.113883.19.5.77', value: 'MRN-0001' };

export const PERSON = {
  identifiers: [MRN],
  name: { family: 'Rivera', given: ['Ana', 'Lucia'] },
  birthDate: '1984-03-09',
  sex: 'female',
  language: 'en',
};

export const register = (world: HttpWorld, id = 'ana', more: object = {}): Promise<Answered> =>
  world.ask(`PUT /v1/patients/${id}`, { as: SYSTEM, json: { ...PERSON, ...more } });

export const ACCEPTED = {
  decision: 'accepted',
  text: { language: 'en', version: '2026-06-01', sha256: sha256(TEXT) as string },
};

export const key = (value: string): Record<string, string> => ({ 'idempotency-key': value });

export const consent = (world: HttpWorld, asking: Asking = {}): Promise<Answered> =>
  world.ask('POST /v1/patients/ana/consents', {
    as: ANA,
    json: ACCEPTED,
    headers: key('consent-1'),
    ...asking,
  });

export const SHARE = { addresses: ['dr.lee@direct.clinic.example'], frequency: 'on-update' };

export const share = (world: HttpWorld, asking: Asking = {}): Promise<Answered> =>
  world.ask('POST /v1/patients/ana/transmit-requests', {
    as: ANA,
    json: SHARE,
    headers: key('share-1'),
    ...asking,
  });

/** A registered patient who has accepted the text. */
export async function consented(world: HttpWorld): Promise<void> {
  await register(world);
  await consent(world);
}
