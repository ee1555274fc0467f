import {
  type PatientKey,
  type PatientId,
  type RequestId,
  triggerIdOf,
} from '../../../shared/ids.ts';
import type { Trigger } from '../../../shared/trigger/trigger.ts';
import type { Asking } from '../http-event.ts';
import { ANA, type Answered, type HttpWorld } from '../http-world.ts';
import { ACCEPTED, consent, key, SHARE, share } from '../steps.ts';

export const REQUESTS = '/v1/patients/ana/transmit-requests';
export const LEE = 'dr.lee@direct.clinic.example';
export const LAB = 'lab@direct.other.example';
export const KIM = 'dr.kim@direct.ward.example';
export const DAILY = { at: '07:30', timeZone: 'Europe/Berlin' };

export interface AmendAsking extends Asking {
  readonly ifMatch?: string;
  /** Instead of the first request of the world. */
  readonly id?: string;
}

/** What people do with a request to two addresses, in a world. */
export async function amending(world: HttpWorld) {
  const shared = async (more: object, name = 'share-1'): Promise<RequestId> => {
    const json = { ...SHARE, addresses: [LEE, LAB], ...more };
    return (await share(world, { json, headers: key(name) })).body.id;
  };
  const id = await shared({});
  return {
    id,
    shared,
    anaKey: (): PatientKey => world.ports.keyOf('ana' as PatientId),
    amend: (json: object, asking: AmendAsking = {}): Promise<Answered> => {
      const { ifMatch = '"1"', id: requestId = id, headers = {}, ...rest } = asking;
      const type = 'application/merge-patch+json';
      return world.ask(`PATCH ${REQUESTS}/${requestId}`, {
        as: ANA,
        json,
        headers: { 'content-type': type, 'if-match': ifMatch, ...headers },
        ...rest,
      });
    },
    read: (requestId: string = id): Promise<Answered> =>
      world.ask(`GET ${REQUESTS}/${requestId}`, { as: ANA }),
    /** Of the copy to whoever is added by the change that makes this version. */
    triggerOf: async (version: number): Promise<Trigger | undefined> => {
      const found = await world.ports.triggers.get(triggerIdOf('request', `${id} ${version}`));
      return found.ok ? found.value : undefined;
    },
    reject: (): Promise<Answered> =>
      consent(world, { headers: key('no'), json: { ...ACCEPTED, decision: 'rejected' } }),
    publish: (): void => {
      const text = 'You ask us, once more.';
      world.settings.consentTexts.push({ language: 'en', version: '2026-11-01', text });
    },
  };
}

export const addressesIn = ({ body }: Answered): readonly (readonly [string, string])[] =>
  body.addresses.map((each: { address: string; status: string }) => [each.address, each.status]);
