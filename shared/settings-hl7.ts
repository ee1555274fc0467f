import * as z from 'zod';

/** A name of the IANA database; an offset knows nothing of summer. */
const isZoneName = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** How messages of HL7 v2 are understood. */
export const Hl7 = z.strictObject({
  /**
   * By type and event of the message (`ADT^A04`), of which kind it is, where that is another than `docs/events.md` says;
   * `none` when nothing follows from it.
   */
  kinds: z
    .record(
      z.string().regex(/^[A-Z]{3}\^[A-Z][0-9]{2}$/, 'type and event, as in ADT^A04'),
      z.string().regex(/^[a-z][a-z0-9-]{1,63}$/, 'a kind of event, or none'),
    )
    .default({}),
  /** By its namespace (CX.4.1), the system of an assigning authority that comes without an OID. */
  authorities: z.record(z.string().min(1).max(227), z.string().min(1).max(200)).default({}),
  /** MSH-11.1 of messages that count: nobody's record shall leave because of a training or a trial. One without it counts. */
  processingIds: z
    .array(z.enum(['P', 'T', 'D']))
    .min(1)
    .default(['P']),
  /** Of times that come without an offset. */
  timeZone: z.string().refine(isZoneName, 'no time zone of the IANA database').default('UTC'),
});

export type Hl7Settings = z.infer<typeof Hl7>;
