import * as z from 'zod';

/** A queue keeps a dead letter that names a mail for 14 days; as long again is left to look at it. */
const LEAST_NOTICES_DAYS = 28;

/**
 * How long what is kept is kept, by class. A class begins to age when what it is of is over; what is under a legal hold is
 * not removed whatever is said here.
 */
export const Retention = z.strictObject({
  /** Answers to consent texts, from the answer on, and as long as a request is kept that stands on one. */
  consentYears: z.int().min(1).max(100).default(7),
  /** Requests with all that was asked for by them, from their end. */
  directiveYears: z.int().min(1).max(100).default(7),
  /** Copies with everything that happened to them, from their end. */
  transmissionYears: z.int().min(1).max(100).default(7),
  /** What was reported. Nothing of ours removes it; this is what a holder promises. */
  auditYears: z.int().min(1).max(100).default(7),
  /** The bytes of a message, from the end of its copy: until then they may be needed to send it again. */
  rawMessageDays: z.int().min(1).max(3650).default(7),
  /** The bytes of a document, from when another took its place or it was taken out; and those of a submission by XDR. */
  supersededRecordDays: z.int().min(1).max(3650).default(30),
  /** Mail that came in, from its coming. */
  noticeDays: z
    .int()
    .min(
      LEAST_NOTICES_DAYS,
      `at least ${LEAST_NOTICES_DAYS}: a dead letter may name the mail so long`,
    )
    .max(3650)
    .default(90),
});

export type RetentionSettings = z.infer<typeof Retention>;

interface RetentionFault {
  readonly path: keyof RetentionSettings;
  readonly error: string;
}

/** What one setting would promise and another break, in a sentence for each. */
export function retentionFaults(retention: RetentionSettings): readonly RetentionFault[] {
  const { consentYears, directiveYears, transmissionYears, auditYears } = retention;
  const longest = Math.max(consentYears, directiveYears, transmissionYears);
  const fault = (broken: boolean, path: keyof RetentionSettings, error: string) =>
    broken ? [{ path, error }] : [];
  return [
    ...fault(
      consentYears < directiveYears,
      'consentYears',
      'at least directiveYears: else a request outlives the answer that it stands on',
    ),
    ...fault(
      directiveYears < transmissionYears,
      'directiveYears',
      'at least transmissionYears: else a copy outlives the request that asked for it',
    ),
    ...fault(
      auditYears < longest,
      'auditYears',
      `at least ${longest}: the audit shows what became of everything else`,
    ),
    ...fault(
      retention.rawMessageDays > transmissionYears * 365,
      'rawMessageDays',
      'no longer than transmissionYears: nothing would say any more whose message it is',
    ),
  ];
}
