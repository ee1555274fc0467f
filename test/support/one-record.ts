import type { Answered, Differing } from '../lambdas/http-world.ts';
import { ANA, SYSTEM } from '../lambdas/http-world.ts';
import { consented, share, SHARE } from '../lambdas/steps.ts';
import { sampleCcda } from './ccda.ts';
import { RECIPIENT, wholePath, type WholePath } from './whole-path.ts';

export const DOCUMENT = sampleCcda();

/** A patient with a record who has consented and asked that it be sent at every update; nothing was sent yet. */
export async function readyToShare(
  differing: Differing = {},
  document = DOCUMENT,
): Promise<WholePath> {
  const path = await wholePath(differing);
  await consented(path);
  await upload(path, document);
  await path.settle();
  await share(path, { json: { ...SHARE, addresses: [RECIPIENT], sendNow: false } });
  return path;
}

export const upload = (path: WholePath, bytes = DOCUMENT): Promise<Answered> =>
  path.ask('PUT /v1/patients/ana/record/documents/ccd', {
    as: SYSTEM,
    bytes,
    headers: { 'content-type': 'application/xml' },
  });

/** A discharge is reported; nothing is worked on yet. */
export const report = (path: WholePath, eventId = 'event-1'): Promise<Answered> =>
  path.ask('POST /v1/events', {
    as: SYSTEM,
    json: { eventId, type: 'discharge', patientId: 'ana', occurredAt: '2026-11-22T11:59:00Z' },
  });

/** A discharge is reported, and everything is done that it is a reason for. */
export async function discharge(path: WholePath): Promise<void> {
  await report(path);
  await path.settle();
}

/** The only transmission there is, as the API shows it. */
export async function transmission(path: WholePath): Promise<Answered['body']> {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  const [{ id }, ...others] = body.transmissions;
  if (others.length > 0) throw new Error('There is more than one transmission');
  return (await path.ask(`GET /v1/transmissions/${id}`, { as: ANA })).body;
}

export const kinds = ({ timeline }: Answered['body']): readonly string[] =>
  timeline.map(({ kind }: { kind: string }) => kind);

export async function revoke(path: WholePath): Promise<Answered> {
  const { body } = await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA });
  const [{ id }] = body.transmitRequests;
  return path.ask(`POST /v1/patients/ana/transmit-requests/${id}/revoke`, { as: ANA });
}
