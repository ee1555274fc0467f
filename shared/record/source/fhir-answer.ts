import { isUtf8 } from 'node:buffer';
import * as z from 'zod';
import { done, fail, type Outcome } from '../../outcome.ts';
import { checkJsonBounds } from '../kinds/json-bounds.ts';

const text = z.string().max(2048);

const Bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  type: z.enum(['searchset', 'collection']),
  link: z
    .array(z.looseObject({ relation: text, url: text }))
    .max(20)
    .default([]),
  entry: z
    .array(z.looseObject({ resource: z.looseObject({ resourceType: text }).optional() }))
    .max(500)
    .default([]),
});

const Attachment = z.looseObject({
  contentType: text.optional(),
  url: text.optional(),
  data: z.string().optional(),
});

const DocumentReference = z.looseObject({
  resourceType: z.literal('DocumentReference'),
  status: text,
  docStatus: text.optional(),
  date: z.iso.datetime({ offset: true }).optional().catch(undefined),
  content: z
    .array(z.looseObject({ attachment: Attachment }))
    .min(1)
    .max(50),
});

const Patient = z.looseObject({
  resourceType: z.literal('Patient'),
  id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/),
});

const Binary = z.looseObject({
  resourceType: z.literal('Binary'),
  contentType: text,
  data: z.string(),
});

/** A clinical document that a server has: in the answer itself, or at a URL, which may be relative to the base. */
export type Attached = { readonly date: string } & (
  { readonly data: string } | { readonly url: string }
);

/** One page of what a search found. */
export interface Page {
  readonly documents: readonly Attached[];
  /** Ids of patients. */
  readonly patients: readonly string[];
  readonly next: string | undefined;
}

/** As XML of HL7 V3 is called; a JSON or a PDF rendering of the same is not asked for. */
const CLINICAL = ['text/xml', 'application/xml', 'application/hl7-v3+xml'];

/** @param contentType with its parameters or without */
const isClinical = (contentType: string | undefined): boolean =>
  CLINICAL.includes((contentType ?? '').split(';')[0]!.trim().toLowerCase());

/**
 * Reads a page. What is no DocumentReference of a clinical document that is current is passed over: a server may put an
 * OperationOutcome beside what it found, and describes other renderings of a document too.
 *
 * @failure record/source-refused: no Bundle, or one that cannot be believed
 */
export function readPage(bytes: Uint8Array): Outcome<Page> {
  const bundle = Bundle.safeParse(jsonIn(bytes));
  if (!bundle.success) return fail('record/source-refused', 'NOT A BUNDLE');
  const resources = bundle.data.entry.flatMap(({ resource }) => resource ?? []);
  const documents: Attached[] = [];
  for (const resource of resources) {
    if (resource.resourceType !== 'DocumentReference') continue;
    const read = DocumentReference.safeParse(resource);
    if (!read.success) return fail('record/source-refused', 'DOCUMENT REFERENCE');
    documents.push(...attachedTo(read.data));
  }
  return done({
    documents,
    patients: resources.flatMap((each) => Patient.safeParse(each).data?.id ?? []),
    next: bundle.data.link.find(({ relation }) => relation === 'next')?.url,
  });
}

/** At most one: several attachments of one reference are the same document in several forms. */
function attachedTo({
  status,
  docStatus,
  date,
  content,
}: z.infer<typeof DocumentReference>): readonly Attached[] {
  if (status !== 'current' || docStatus === 'entered-in-error') return [];
  const dated = { date: date === undefined ? '' : new Date(date).toISOString() };
  for (const { attachment } of content) {
    if (!isClinical(attachment.contentType)) continue;
    const { data, url } = attachment;
    if (data !== undefined) return [{ ...dated, data }];
    if (url !== undefined) return [{ ...dated, url }];
  }
  return [];
}

/** Those of the latest date; of one without a date it is not known that it is the newest. */
export const newest = (documents: readonly Attached[], count: number): readonly Attached[] =>
  documents.toSorted((one, other) => other.date.localeCompare(one.date)).slice(0, count);

/**
 * The document in an answer to the URL of an attachment: as it is, or in a Binary.
 *
 * @failure record/source-refused
 */
export function readBinary(contentType: string, bytes: Uint8Array): Outcome<Uint8Array> {
  if (isClinical(contentType)) return done(bytes);
  const binary = Binary.safeParse(jsonIn(bytes));
  return binary.success && isClinical(binary.data.contentType)
    ? done(Buffer.from(binary.data.data, 'base64'))
    : fail('record/source-refused', 'NOT A CLINICAL DOCUMENT');
}

/** Undefined where it is none, or one that is made to be a burden. */
function jsonIn(bytes: Uint8Array): unknown {
  if (!isUtf8(bytes)) return undefined;
  const read = new TextDecoder().decode(bytes);
  if (!checkJsonBounds(read).ok) return undefined;
  try {
    return JSON.parse(read);
  } catch {
    return undefined;
  }
}
