import { sha256, triggerIdOf } from '../../shared/ids.ts';
import { copiesOf } from '../../shared/transmission/copies.ts';
import { batchOf } from '../../shared/trigger/match.ts';
import { type HttpWorld, SYSTEM } from '../lambdas/http-world.ts';
import { consent, key, register, share } from '../lambdas/steps.ts';
import { openCopy } from '../support/open-copy.ts';

/** A world in which Ana has one of everything, by the names that paths have for it. */
export async function somethingOfAll(world: HttpWorld): Promise<Readonly<Record<string, string>>> {
  await register(world);
  const consented = await consent(world);
  const shared = await share(world);
  const webhook = await world.ask('POST /v1/webhooks', {
    as: SYSTEM,
    json: { url: 'https://ehr.example/told', types: ['record.needed'] },
    headers: key('webhook-1'),
  });
  const upload = await world.ask('POST /v1/records/uploads', {
    as: SYSTEM,
    json: {
      patientId: 'ana',
      documentId: 'ccd',
      type: 'text/xml',
      sizeBytes: 12_000_000,
      sha256: sha256('bytes') as string,
    },
  });
  return {
    patientId: 'ana',
    consentId: consented.body.id,
    requestId: shared.body.id,
    transmissionId: await copyOf(world, shared.body.id),
    webhookId: webhook.body.id,
    uploadId: upload.body.uploadId,
  };
}

async function copyOf({ ports, table }: HttpWorld, requestId: string): Promise<string> {
  const { requests, triggers, settings, now } = ports;
  const trigger = await triggers.get(triggerIdOf('request', requestId));
  const request = trigger.ok && (await requests.get(trigger.value.patientKey, requestId as never));
  if (!trigger.ok || !request || !request.ok) throw new Error('There is no request');
  const [copy] = copiesOf(request.value, batchOf(trigger.value, request.value), settings, now());
  await openCopy(table, copy!, now());
  return copy!.id;
}

/** Another of the same form. */
export const absentLike = (text: string): string =>
  /^[a-z]{3}$/.test(text) ? 'zoe' : text.slice(0, -2) + (text.endsWith('a') ? 'bb' : 'aa');

/** A path with these in its braces; of what has no name here, with a word. */
export const pathWith = (path: string, named: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => named[name] ?? 'word');
