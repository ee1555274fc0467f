import { sha256 } from '../../../shared/ids.ts';
import type { Place } from './place.ts';

/** How the examples of the document call things. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^ana$/, 'patientId'],
  [/^con_[a-z2-7]{26}$/, 'consentId'],
  [/^req_[a-z2-7]{26}$/, 'requestId'],
  [/^tx_[a-z2-7]{26}$/, 'transmissionId'],
  [/^whk_[a-z2-7]{26}$/, 'webhookId'],
];

/** What no example can know of the system that is asked. */
export async function fitted(key: string, example: unknown, place: Place): Promise<unknown> {
  const value = await renamed(example, place);
  switch (key) {
    case 'POST /v1/patients/{patientId}/consents':
      return { ...(value as object), text: place.text };
    case 'POST /v1/patients/{patientId}/transmit-requests':
      return { ...(value as object), consentId: await place.named('consentId') };
    case 'POST /v1/webhooks':
      return { ...(value as object), url: 'http://127.0.0.1:4999/told' };
    case 'PUT /v1/patients/{patientId}':
      return {
        ...(value as object),
        identifiers: [{ system: '2.999.1.4', value: place.patientId }],
      };
    case 'PUT /v1/patients/{patientId}/record/documents/{documentId}':
      return String(value).startsWith('<') ? Buffer.from(place.record).toString() : value;
    case 'POST /v1/patients/{patientId}/record/documents/{documentId}/release':
      return { sha256: sha256(place.record) };
    default:
      return value;
  }
}

/** The example, with the names of things that there are. */
async function renamed(value: unknown, place: Place): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((each) => renamed(each, place)));
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(async ([name, each]) => [
      name,
      await renamed(each, place),
    ]);
    return Object.fromEntries((await Promise.all(members)) as [string, unknown][]);
  }
  if (typeof value !== 'string') return value;
  const reference = /^Patient\/ana$/.test(value) ? `Patient/${place.patientId}` : undefined;
  const name = NAMES.find(([pattern]) => pattern.test(value))?.[1];
  return reference ?? (name === undefined ? value : place.named(name));
}
