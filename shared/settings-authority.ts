import * as z from 'zod';

const TimeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'a name of the IANA time zone database, for example America/Chicago');

/** Who may act for a patient, and for how long. */
export const Authority = z.strictObject({
  /**
   * When patients are of age: then the authority of those ends who act for them because they were not, and every
   * representative's token has to say the relationship. Absent: nobody's authority ends by age.
   */
  ageOfMajorityYears: z.int().min(12).max(30).optional(),
  /** Relationships, as tokens word them in any case, that end when the patient is of age. */
  minorRelationships: z.array(z.string().min(1).max(100)).max(100).default(['parent', 'guardian']),
  /**
   * Where the day of majority begins. In America UTC is some hours early, never late: who is of age decides alone, and
   * whoever stood for him can do without an evening.
   */
  timeZone: TimeZone.default('UTC'),
  /** Whether a provider who records what a patient said has to name a witness. */
  oralNeedsWitness: z.boolean().default(true),
  /** How long ago a patient may have said what a provider records now. */
  saidWithinDays: z.int().min(0).max(365).default(30),
});

export type AuthoritySettings = z.infer<typeof Authority>;
