import * as z from 'zod';
import { callerAs } from '../../../infra/local/api-client.ts';
import type { LocalSystem } from '../../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS } from '../../../infra/local/sample/record.ts';
import type { LoadCall } from './protocol.ts';

const PATIENTS = 20;

const Id = z.object({ id: z.string() });
const Text = z.object({ language: z.string(), version: z.string(), sha256: z.string() });

/**
 * Ten calls of each of twenty patients: seven read (the consent text, three times a transmit request, three times what
 * was sent), three write (two events that no request follows, one registration).
 */
export async function mixFor(system: LocalSystem): Promise<readonly LoadCall[]> {
  const each = Array.from({ length: PATIENTS }, (_, at) => callsOf(system, `bench-${at}`));
  const all = await Promise.all(each);
  // One patient after the other, so that the same item is not written twice at once.
  return Array.from({ length: all[0]?.length ?? 0 }, (_, at) =>
    all.map((calls) => calls[at]!),
  ).flat();
}

async function callsOf(system: LocalSystem, id: string): Promise<readonly LoadCall[]> {
  const ehr = await callerAs(system, { kind: 'system' });
  const portal = await callerAs(system, { kind: 'patient', patient: id });
  const { id: _, ...sample } = SAMPLE_PATIENTS.ana;
  const patient = { ...sample, identifiers: [{ system: '2.999.1.4', value: id }] };
  const base = `/v1/patients/${id}` as const;
  await ehr.call(`PUT ${base}`, z.unknown(), patient);
  const text = await portal.call('GET /v1/consent-texts/en', Text);
  await portal.call(`POST ${base}/consents`, Id, { decision: 'accepted', text: Text.parse(text) });
  const request = await portal.call(`POST ${base}/transmit-requests`, Id, {
    addresses: ['dr.lee@nowhere.invalid'],
    frequency: 'on-update',
    triggers: ['discharge'],
    sendNow: false,
  });

  const [forEhr, forPortal] = await Promise.all([
    headersOf(system, { kind: 'system' }),
    headersOf(system, { kind: 'patient', patient: id }),
  ]);
  const at = (path: string): string => `${system.apiUrl}${path}`;
  const shown = { method: 'GET', url: at('/v1/consent-texts/en'), headers: {} };
  const asked = {
    method: 'GET',
    url: at(`${base}/transmit-requests/${request.id}`),
    headers: forPortal,
  };
  const sent = { method: 'GET', url: at(`${base}/transmissions`), headers: forPortal };
  const occurredAt = new Date().toISOString();
  const event = { eventId: 'bench-#', type: 'encounter-ended', patientId: id, occurredAt };
  const json = { ...forEhr, 'content-type': 'application/json' };
  const posted = {
    method: 'POST',
    url: at('/v1/events'),
    headers: json,
    body: JSON.stringify(event),
  };
  const put = { method: 'PUT', url: at(base), headers: json, body: JSON.stringify(patient) };
  return [shown, asked, posted, sent, asked, sent, put, asked, posted, sent];
}

const headersOf = async (
  { issuer }: LocalSystem,
  who: Parameters<LocalSystem['issuer']['token']>[0],
): Promise<Record<string, string>> => ({ authorization: `Bearer ${await issuer.token(who)}` });
