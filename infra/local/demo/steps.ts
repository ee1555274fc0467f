import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Caller } from '../api-client.ts';
import type { SamplePatient } from '../sample/record.ts';
import type { Progress } from './progress.ts';

/** The calls that the flows have in common, each with its line of progress. */

const ConsentText = z.object({
  language: z.string(),
  version: z.string(),
  sha256: z.string(),
  text: z.string(),
});

const Created = z.object({ id: z.string() });

const Requested = z.object({
  id: z.string(),
  reachability: z.array(
    z.object({
      address: z.string(),
      reachability: z.string(),
      proved: z.string().optional(),
      sentence: z.string().optional(),
    }),
  ),
});

/** The holder's system says who the patient is and what the current record is. */
export async function registerWithRecord(
  system: Caller,
  patient: SamplePatient,
  record: Uint8Array,
  progress: Progress,
): Promise<void> {
  const { id, ...body } = patient;
  await system.call(`PUT /v1/patients/${id}`, z.unknown(), body);
  progress.step(`PUT patient: registered with ${patient.identifiers.length} identifier(s)`);
  const Kept = z.object({ sha256: z.string(), sizeBytes: z.number() });
  const path = `PUT /v1/patients/${id}/record/documents/summary` as const;
  const kept = await system.call(path, Kept, record);
  progress.step(`PUT record: C-CDA of ${kept.sizeBytes} bytes checked and kept`);
}

export interface Accepting {
  readonly signatureName: string;
  /** Present when a provider answers for the patient. */
  readonly onBehalf?: {
    readonly method: 'oral';
    readonly identityCheck: 'id-document';
    readonly witness: string;
  };
}

export async function acceptConsent(
  caller: Caller,
  patientId: string,
  accepting: Accepting,
  progress: Progress,
): Promise<string> {
  const { text, ...shown } = await caller.call('GET /v1/consent-texts/en', ConsentText);
  const lines = text.trim().split('\n').length;
  progress.step(`GET consent text: version ${shown.version}, ${lines} lines`);
  const path = `POST /v1/patients/${patientId}/consents` as const;
  const body = { decision: 'accepted', text: shown, ...accepting };
  const { id } = await caller.call(path, Created, body);
  const who = accepting.onBehalf ? 'the provider, for the patient' : 'the patient';
  progress.step(`POST consent: accepted by ${who}`);
  return id;
}

export interface Wanting {
  readonly address: string;
  readonly frequency: 'once' | 'on-update';
  readonly sendNow: boolean;
  readonly consentId: string;
  /** @default the first of the holder's own addresses */
  readonly sender?: string | undefined;
}

export async function requestTransmission(
  caller: Caller,
  patientId: string,
  { address, ...wanting }: Wanting,
  progress: Progress,
): Promise<string> {
  const path = `POST /v1/patients/${patientId}/transmit-requests` as const;
  const body = { addresses: [address], ...wanting, clientReference: 'demo' };
  const { id, reachability } = await caller.call(path, Requested, body);
  const as = wanting.sender === undefined ? '' : `, as ${wanting.sender}`;
  progress.step(`POST transmit request: ${wanting.frequency}, to ${address}${as}`);
  for (const each of reachability) {
    const proved = each.proved === undefined ? '' : `, the certificate proves the ${each.proved}`;
    progress.detail(`${each.reachability}${proved}${each.sentence ? `: ${each.sentence}` : ''}`);
  }
  return id;
}

export interface Happened {
  /** A kind of event. */
  readonly type: string;
  readonly patientId: string;
  readonly occurredAt: string;
}

/** The EHR says what happened to the patient. */
export async function reportEvent(
  system: Caller,
  happened: Happened,
  progress: Progress,
): Promise<void> {
  const Results = z.object({
    results: z.array(z.object({ result: z.string(), requests: z.number() })),
  });
  const event = { eventId: randomUUID(), ...happened };
  const { results } = await system.call('POST /v1/events', Results, event);
  const [first] = results;
  progress.step(
    `POST event: ${happened.type} ${first?.result}, ${first?.requests} request(s) wait for it`,
  );
}
