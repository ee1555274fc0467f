import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PARTNER_DOMAIN } from '../../../infra/local/certificates/identities.ts';
import { SAMPLE_PATIENTS } from '../../../infra/local/sample/record.ts';
import { sampleCcda } from '../../support/ccda.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Witness } from '../world/witness.ts';
import type { Ask } from './client.ts';

const MRN = '2.999.1.4';

/** Mailboxes of the partner, most of which answer as they should. */
const MAILBOXES = [
  'dr.lopez',
  'dr.kim',
  'dr.lopez',
  'dr.kim',
  'processed-only',
  'failed',
  'silent',
];

export interface Life {
  readonly ehr: Ask;
  readonly portal: Ask;
  readonly patientId: string;
  readonly chance: Chance;
  readonly witness: Witness;
  readonly isOver: () => boolean;
}

/** One patient and the systems around, doing one thing after the other. */
export async function livePatient(life: Life): Promise<void> {
  const { chance, isOver } = life;
  await begin(life);
  const requests: string[] = [];
  for (let deed = 0; !isOver(); deed += 1) {
    if (requests.length === 0 || (requests.length < 8 && chance.happens(0.25))) {
      requests.push(...(await share(life)));
    } else {
      await doSomething(life, requests, deed);
    }
    await sleep(chance.between(100, 1500));
  }
}

async function begin({ ehr, portal, patientId }: Life): Promise<void> {
  const { id: _, ...person } = SAMPLE_PATIENTS.ana;
  const identifiers = [{ system: MRN, value: patientId }];
  await ehr(`PUT /v1/patients/${patientId}`, { ...person, identifiers });
  await ehr(`PUT /v1/patients/${patientId}/record/documents/summary`, documentOf(patientId, 0));
  const { body } = (await portal('GET /v1/consent-texts/en')) ?? { body: {} };
  const { text: __, ...text } = body;
  await portal(`POST /v1/patients/${patientId}/consents`, { decision: 'accepted', text });
}

const documentOf = (patientId: string, filling: number): Uint8Array =>
  sampleCcda({ patientIds: [{ root: MRN, extension: patientId }], filling });

async function share({ portal, patientId, chance }: Life): Promise<readonly string[]> {
  const addresses = [...new Set([chance.pick(MAILBOXES), chance.pick(MAILBOXES)])].map(
    (name) => `${name}@${PARTNER_DOMAIN}`,
  );
  const frequency = chance.weighted({ 'on-update': 3, once: 1 });
  const body = { addresses, frequency, sendNow: frequency === 'once' || chance.happens(0.5) };
  const made = await portal(`POST /v1/patients/${patientId}/transmit-requests`, body);
  return made?.status === 201 ? [String(made.body.id)] : [];
}

async function doSomething(life: Life, requests: string[], deed: number): Promise<void> {
  const { chance, ehr, patientId } = life;
  const what = chance.weighted({ event: 6, upload: 1.5, revoke: 1.5, look: 1 });
  switch (what) {
    case 'event':
      return report(life);
    case 'upload':
      await ehr(
        `PUT /v1/patients/${patientId}/record/documents/summary`,
        documentOf(patientId, deed + 1),
      );
      return;
    case 'revoke':
      return revoke(life, requests.splice(chance.count(0, requests.length - 1), 1)[0] ?? '');
    case 'look':
      return look(life);
  }
}

async function report({ ehr, patientId, chance, witness }: Life): Promise<void> {
  const answered = await ehr('POST /v1/events', {
    eventId: randomUUID(),
    type: chance.pick(['discharge', 'result-available', 'encounter-ended']),
    patientId,
    occurredAt: new Date().toISOString(),
  });
  if (answered?.status === 202) witness.accepted.push(String(answered.body.results[0].triggerId));
}

async function revoke({ portal, patientId, witness }: Life, requestId: string): Promise<void> {
  const path = `POST /v1/patients/${patientId}/transmit-requests/${requestId}/revoke` as const;
  const answered = await portal(path);
  if (answered?.status !== 200) return;
  const named: readonly { readonly transmissionId: string }[] = answered.body.inFlight;
  const inFlight = named.map(({ transmissionId }) => transmissionId);
  witness.stopped({ requestId, inFlight });
}

async function look({ portal, patientId, witness }: Life): Promise<void> {
  const list = await portal(`GET /v1/patients/${patientId}/transmissions`);
  for (const { id, status } of list?.body?.transmissions ?? []) {
    witness.told('api', String(id), String(status));
  }
}
