import * as z from 'zod';
import { Word } from './reference.ts';
import { Resource } from './resources.ts';
import { Status } from './status.ts';

const Entry = z.looseObject({
  fullUrl: Word.optional(),
  resource: Resource.optional(),
  request: z.looseObject({ method: Word.optional(), url: Word.optional() }).optional(),
});

export type Entry = z.infer<typeof Entry>;

/** A notification: R4 and R4B send a history whose first entry is the status, R5 a type of its own. */
export const NotificationBundle = z
  .looseObject({
    resourceType: z.literal('Bundle'),
    type: z.enum(['history', 'subscription-notification']),
    timestamp: Word.optional(),
    entry: z.tuple([z.looseObject({ resource: Status })], Entry),
  })
  .transform(({ timestamp, entry: [{ resource: status }, ...entries] }) => ({
    timestamp,
    status,
    entries,
  }));

export type Notification = z.infer<typeof NotificationBundle>;

/** Bounds of a notification with whole resources in it: deeper and longer than bodies of our own form. */
export const FHIR_JSON = {
  type: 'application/fhir+json',
  maxBytes: 1024 * 1024,
  maxDepth: 32,
  maxValues: 50_000,
} as const;

/** R4, R4B, R5. */
const VERSIONS = ['4.0', '4.3', '5.0'];

/** Whether a Content-Type names a version of FHIR that is read here, or none. */
export function isReadVersion(contentType: string | undefined): boolean {
  const version = /;\s*fhirversion\s*=\s*"?([^";\s]*)/i.exec(contentType ?? '')?.[1];
  return version === undefined || VERSIONS.includes(version);
}
