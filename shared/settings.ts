import * as z from 'zod';
import { parseDirectAddress } from './ids.ts';
import { isOid } from './oid.ts';

/** Kept in the one spelling in which transmissions and certificates are compared with it. */
const Address = z.string().transform((text, context) => {
  const address = parseDirectAddress(text);
  if (address.ok) return address.value;
  context.addIssue('not a Direct address');
  return z.NEVER;
});

const Oid = z.string().refine(isOid, 'not an OID in dotted form');

/** Where a copy goes out and in whose name. One row for each sending address of the data holder. */
const Sender = z.strictObject({
  /** The Direct address that sends; its MDNs come back to it. */
  address: Address,
  /** Shown to patients and recipients. */
  name: z.string().min(1).max(200),
  /** OID of the organisation: sourceId of every submission set. */
  organizationOid: Oid,
  contact: z.string().min(1).max(200),
});

const ConsentText = z.strictObject({
  language: z.string().regex(/^[a-z]{2}$/),
  version: z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
  text: z.string().min(1).max(20_000),
});

/** Seconds after which something is due; the plan of each transmission is copied from here when it is opened. */
const Deadlines = z.strictObject({
  processedWithinSeconds: z.int().positive().default(3600),
  dispatchedWithinSeconds: z.int().positive().default(3600),
  retryForSeconds: z.int().positive().default(86_400),
  /** Waits between attempts; the last one repeats. */
  retryAfterSeconds: z
    .array(z.number().positive())
    .min(1)
    .default([60, 300, 900, 3600, 10_800, 21_600]),
  leaseSeconds: z.int().positive().default(150),
  /** How long after a lost hand-over a notice may still settle it. */
  uncertainGraceSeconds: z.int().positive().default(600),
  unresolvedAfterSeconds: z.int().positive().default(259_200),
  /** When a doorbell is held for lost and rung again. */
  doorbellLostAfterSeconds: z.int().positive().default(60),
});

/** Code, OID of the code system, display name. */
const Code = z.tuple([z.string().min(1).max(200), Oid, z.string().min(1).max(200)]);

/** What a document does not say and metadata wants. */
const Fallbacks = z.strictObject({
  facilityType: Code,
  practiceSetting: Code,
  /**
   * OID of whoever assigns the data holder's own ids of patients. They then stand for patients none of whose identifiers
   * has an OID as its system; without it such a patient goes without a number.
   */
  sourceOid: Oid.optional(),
});

/**
 * What happens to a document that is sensitive, by its own confidentialityCode or by its type. `send-with-notice` tells
 * the recipient that the law may forbid to pass it on; `hold` waits for a release by the data holder's staff; `exclude`
 * leaves it out and says so.
 */
const Sensitive = z.strictObject({
  mode: z.enum(['send', 'send-with-notice', 'hold', 'exclude']).default('send'),
  confidentialityCodes: z.array(z.enum(['N', 'R', 'V'])).default(['R', 'V']),
  /** LOINC codes. */
  documentTypes: z
    .array(z.string().regex(/^[1-9][0-9]{0,6}-[0-9]$/, 'not a LOINC code'))
    .default([]),
});

const KeyTransport = z.enum(['rsaes-pkcs1-v1_5', 'rsaes-oaep-sha256']);

/** How the key of a message travels. OAEP is the better one, and older software cannot read it. */
const KeyTransports = z.strictObject({
  default: KeyTransport.default('rsaes-pkcs1-v1_5'),
  /** By the domain of the recipient. */
  domains: z
    .record(
      z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'not a domain in lower case'),
      KeyTransport,
    )
    .default({}),
});

export const Settings = z.strictObject({
  stage: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/),
  holderName: z.string().min(1).max(200),
  senders: z.array(Sender).min(1),
  /** PEM certificates; a recipient's chain must end in one of them. */
  anchors: z.array(z.string().includes('-----BEGIN CERTIFICATE-----')).min(1),
  consentTexts: z.array(ConsentText).min(1),
  deadlines: Deadlines.prefault({}),
  fallbacks: Fallbacks.prefault({
    facilityType: ['264372000', '2.16.840.1.113883.6.96', 'Pharmacy'],
    practiceSetting: ['408443003', '2.16.840.1.113883.6.96', 'General medical practice'],
  }),
  /** Domains of recipients, in lower case, with whom `processed` alone is agreed to be the end. */
  processedIsEnough: z.array(z.string()).default([]),
  uncertain: z.enum(['resend', 'hold']).default('resend'),
  keyTransport: KeyTransports.prefault({}),
  /**
   * What the relay takes at most of a message as it travels, which is nearly twice the package. A server of one's own may
   * say less when it is asked; this is what is never even made.
   */
  maxMessageBytes: z.int().positive().default(40_000_000),
  sensitive: Sensitive.prefault({}),
  /** Whether a message carries request.txt: what the patient asked for, for programs that receive it. */
  requestTxt: z.boolean().default(false),
  /** Whether a package carries, beside each clinical document, a page for reading that is made of it. */
  htmlRendering: z.boolean().default(false),
  /** Whether notices signed with SHA-1 count, for partners with old software; MD5 never does. */
  acceptSha1: z.boolean().default(false),
});

export type Settings = z.infer<typeof Settings>;
export type SettingsInput = z.input<typeof Settings>;
export type SenderSettings = z.infer<typeof Sender>;
export type ConsentTextSettings = z.infer<typeof ConsentText>;
export type SensitiveSettings = z.infer<typeof Sensitive>;
export type DeadlineSettings = z.infer<typeof Deadlines>;

/**
 * Reads the settings of a stage.
 *
 * @throws Error whose message lists every field that is wrong, one a line, with its path
 */
export function parseSettings(value: unknown): Settings {
  const parsed = Settings.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The settings are wrong:\n${lines.join('\n')}`);
}
