import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type Caller, callerAs } from '../../../infra/local/api-client.ts';
import { PARTNER_DOMAIN } from '../../../infra/local/certificates/identities.ts';
import type { LocalSystem } from '../../../infra/local/local-system.ts';
import {
  SAMPLE_PATIENTS,
  type SamplePatient,
  sampleRecord,
} from '../../../infra/local/sample/record.ts';

/** The names that stand in paths, of things that there are: made when they are asked for, for one call alone. */
export interface Place {
  readonly patientId: string;
  /** The text as it is published. */
  readonly text: { readonly language: string; readonly version: string; readonly sha256: string };
  /** A C-CDA document about the patient. */
  readonly record: Uint8Array;
  named(name: string): Promise<string>;
  /** Takes away what there may be few of. */
  close(): Promise<void>;
}

const Id = z.object({ id: z.string() });
const Upload = z.object({ uploadId: z.string() });
const Copies = z.object({ transmissions: z.array(Id) });
const Text = z.object({ language: z.string(), version: z.string(), sha256: z.string() });

/** A patient of whom nobody else knows. */
const newPatient = (): SamplePatient => {
  const id = `p-${randomUUID()}`;
  return { ...SAMPLE_PATIENTS.ana, id, identifiers: [{ system: '2.999.1.4', value: id }] };
};

export async function newPlace(system: LocalSystem): Promise<Place> {
  const { id, ...patient } = newPatient();
  const ehr = await callerAs(system, { kind: 'system' });
  const portal = await callerAs(system, { kind: 'patient', patient: id });
  await ehr.call(`PUT /v1/patients/${id}`, z.unknown(), patient);
  const text = Text.parse(await portal.call('GET /v1/consent-texts/en', z.unknown()));
  const record = sampleRecord({ id, ...patient });
  const makers = makersOf({ ehr, portal, patientId: id, record, text });
  const made = new Map<string, Promise<string>>();
  const named = (name: string): Promise<string> => {
    const making = made.get(name) ?? (makers[name] ?? unknown(name))(named);
    made.set(name, making);
    return making;
  };
  return {
    patientId: id,
    text,
    record,
    named,
    async close() {
      const webhook = await made.get('webhookId')?.catch(() => undefined);
      if (webhook !== undefined) await removeWebhook(system, webhook);
    },
  };
}

const unknown = (name: string) => () => Promise.reject(new Error(`There is no ${name}`));

async function removeWebhook(system: LocalSystem, id: string): Promise<void> {
  const token = await system.issuer.token({ kind: 'system' });
  const headers = { authorization: `Bearer ${token}` };
  await fetch(`${system.apiUrl}/v1/webhooks/${id}`, { method: 'DELETE', headers });
}

interface Making {
  readonly ehr: Caller;
  readonly portal: Caller;
  readonly patientId: string;
  readonly record: Uint8Array;
  readonly text: Place['text'];
}

type Maker = (named: (name: string) => Promise<string>) => Promise<string>;

function makersOf({
  ehr,
  portal,
  patientId,
  record,
  text,
}: Making): Readonly<Record<string, Maker>> {
  const base = `/v1/patients/${patientId}` as const;
  return {
    patientId: async () => patientId,
    language: async () => text.language,
    version: async () => text.version,
    async documentId() {
      await ehr.call(`PUT ${base}/record/documents/summary`, z.unknown(), record);
      return 'summary';
    },
    async consentId() {
      const body = { decision: 'accepted', text };
      return (await portal.call(`POST ${base}/consents`, Id, body)).id;
    },
    async requestId(named) {
      await named('documentId');
      const consentId = await named('consentId');
      // One that there is, and the one of the examples.
      const addresses = [`dr.lopez@${PARTNER_DOMAIN}`, 'dr.lee@direct.clinic.example'];
      const body = { addresses, frequency: 'on-update', consentId };
      return (await portal.call(`POST ${base}/transmit-requests`, Id, body)).id;
    },
    async transmissionId(named) {
      await named('requestId');
      for (;;) {
        const { transmissions } = await portal.call(`GET ${base}/transmissions`, Copies);
        if (transmissions[0]) return transmissions[0].id;
        await sleep(100);
      }
    },
    async webhookId() {
      const body = { url: 'http://127.0.0.1:4999/told' };
      return (await ehr.call('POST /v1/webhooks', Id, body)).id;
    },
    async uploadId() {
      const body = {
        patientId,
        documentId: 'large',
        type: 'text/xml',
        sizeBytes: record.length,
        sha256: 'a'.repeat(64),
      };
      return (await ehr.call('POST /v1/records/uploads', Upload, body)).uploadId;
    },
  };
}
