import { triggerIdOf } from '../../shared/ids.ts';
import { copiesOf } from '../../shared/transmission/copies.ts';
import { batchOf } from '../../shared/trigger/match.ts';
import { sampleRecord, SAMPLE_PATIENTS } from '../../infra/local/sample/record.ts';
import { openCopy } from '../support/open-copy.ts';
import { ADMIN, type HttpWorld, httpWorld, SYSTEM } from './http-world.ts';
import { consent, key, register, share } from './steps.ts';

/** A world in which there is one of everything that a path can name, and what each is called. */
export interface ApiWorld {
  readonly world: HttpWorld;
  readonly names: Readonly<Record<string, string>>;
}

export async function apiWorld(): Promise<ApiWorld> {
  const world = await httpWorld({ hisp: { clients: ['the-hisp'] } });
  await register(world, 'ana', { identifiers: SAMPLE_PATIENTS.ana.identifiers });
  const { body: agreed } = await consent(world);
  await world.ask('PUT /v1/patients/ana/record/documents/summary', {
    as: SYSTEM,
    bytes: sampleRecord(SAMPLE_PATIENTS.ana),
    headers: { 'content-type': 'text/xml' },
  });
  const { body: shared } = await share(world);
  const { body: hook } = await world.ask('POST /v1/webhooks', {
    as: ADMIN,
    json: { url: 'https://ehr.example/told' },
    headers: key('webhook-1'),
  });
  return {
    world,
    names: {
      patientId: 'ana',
      documentId: 'summary',
      consentId: agreed.id,
      requestId: shared.id,
      transmissionId: await firstCopy(world, shared.id),
      webhookId: hook.id,
      language: 'en',
      version: '2026-06-01',
    },
  };
}

/** As the worker that matches triggers would open it. */
async function firstCopy(world: HttpWorld, requestId: string): Promise<string> {
  const { requests, triggers, settings, now } = world.ports;
  const trigger = await triggers.get(triggerIdOf('request', requestId));
  if (!trigger.ok) throw new Error('no trigger');
  const request = await requests.get(trigger.value.patientKey, requestId as never);
  if (!request.ok) throw new Error('no request');
  const batch = batchOf(trigger.value, request.value);
  const [copy] = copiesOf(request.value, batch, settings, now());
  if (!copy) throw new Error('no copy');
  await openCopy(world.table, copy, now());
  return copy.id;
}
