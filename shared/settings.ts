import * as z from 'zod';
import { EVENT_TYPES } from './event-types.ts';
import { Api } from './settings-api.ts';
import { Authority } from './settings-authority.ts';
import { Directory } from './settings-directory.ts';
import { Hl7 } from './settings-hl7.ts';
import { Identity } from './settings-identity.ts';
import { RecordSource } from './settings-record-source.ts';
import { Hisp, Letters, Mailbox, Relay, XdrClients } from './settings-relays.ts';
import { Retention, retentionFaults } from './settings-retention.ts';
import { Address, Domain, Oid, PEM_CERTIFICATE } from './settings-values.ts';

export { ListedPlace } from './settings-directory.ts';
export { issuersOf } from './settings-identity.ts';
export { RelayUrl } from './settings-relays.ts';
export { CALLER_ATTRIBUTES, SCOPE_PREFIX, withUserPool } from './settings-user-pool.ts';

/** Where a copy goes out and in whose name. One row for each sending address of the data holder. */
const Sender = z.strictObject({
  /** The Direct address that sends; its MDNs come back to it. */
  address: Address,
  /** Shown to patients and recipients. */
  name: z.string().min(1).max(200),
  /** OID of the organisation: sourceId of every submission set. */
  organizationOid: Oid,
  /** Whom recipients ask about a copy: it stands in the message. */
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

/** What makes a trigger a batch. */
const Triggers = z.strictObject({
  /** Events of the data holder's own, beside those that there are. */
  kinds: z
    .array(z.string().regex(/^x-[a-z0-9-]{1,62}$/, 'lower-case letters and digits after x-'))
    .max(50)
    .default([]),
  hl7: Hl7.prefault({}),
  /** By its canonical URL, without version, of which kind the events of a FHIR subscription topic are. */
  fhirTopics: z.record(z.string().min(1).max(500), z.string().min(1).max(200)).default({}),
  /** How long nothing more must happen before a batch closes. */
  quietSeconds: z.int().min(0).max(3600).default(300),
  /** The longest that a batch stays open. */
  atMostSeconds: z.int().min(0).max(86_400).default(1800),
  /** After these nobody waits for more. */
  atOnce: z.array(z.string()).default(['discharge', 'encounter-ended']),
  /** When no document arrived after an event: how long one is waited for, and whether what there is goes out then. */
  staleRecordWaitSeconds: z.int().min(0).max(86_400).default(3600),
  staleRecord: z.enum(['send', 'fail']).default('send'),
  /** How long a patient's first document is waited for. */
  noRecordWaitSeconds: z.int().min(0).max(604_800).default(86_400),
  /** Copies of one patient's record; what is more waits for the next day, UTC. */
  copiesADay: z.int().positive().default(200),
});

/** One that is misspelt would be waited for like any other, and nobody would say so. */
const TriggersOfKnownKinds = Triggers.superRefine(({ kinds, atOnce }, context) => {
  const known: readonly string[] = [...EVENT_TYPES, ...kinds];
  for (const [at, kind] of atOnce.entries()) {
    if (known.includes(kind)) continue;
    context.addIssue({ code: 'custom', path: ['atOnce', at], message: 'no kind of event' });
  }
});

/** When a standing request is looked at again. */
const Requests = z.strictObject({
  reviewAfterMonths: z.int().min(1).max(60).default(13),
  pauseAfterReviewDays: z.int().min(0).max(90).default(14),
  /** So many permanent failures, one after the other, pause an address. */
  failuresBeforePause: z.int().positive().default(3),
  recheckAfterSeconds: z.int().positive().default(604_800),
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
  domains: z.record(Domain, KeyTransport).default({}),
});

const Discovery = z.strictObject({
  /** For all look-ups of one address together. */
  deadlineSeconds: z.number().positive().max(60).default(8),
  /** Whether `+tag` is taken off the local part before anything is looked up. */
  stripTags: z.boolean().default(false),
  /** `tcp` for resolvers behind which datagrams of a kilobyte are lost. */
  dnsTransport: z.enum(['udp-first', 'tcp']).default('udp-first'),
});

/** How strict a decision about a recipient's certificate is; what a domain does not say is as for everybody. */
const TrustOfDomain = z.strictObject({
  /** `any-valid` also takes certificates that lead to no anchor, to encrypt to; nobody's signature is believed by it. */
  policy: z.enum(['bundle', 'any-valid']).exactOptional(),
  /**
   * When nobody can say whether a certificate was revoked: `required` refuses, `hard-fail` refuses those that name a source
   * that does not answer, `soft-fail` takes them and says so.
   */
  revocation: z.enum(['required', 'hard-fail', 'soft-fail']).exactOptional(),
  allowSha1: z.boolean().exactOptional(),
  minimumRsaBits: z.int().min(1024).max(8192).exactOptional(),
  /** Certificates between the recipient's and the anchor. */
  maxDepth: z.int().min(0).max(16).exactOptional(),
  /** OIDs of certificate policies, one of which the whole path has to be under. */
  requiredPolicies: z.array(Oid).min(1).exactOptional(),
});

const Trust = TrustOfDomain.extend({
  /** By the domain of the recipient. */
  domains: z.record(Domain, TrustOfDomain).default({}),
});

/** A published list of anchors, fetched each day. */
const Bundle = z
  .strictObject({
    /** Under which it is kept: no two have the same. */
    name: z.string().regex(/^[a-z0-9-]{1,64}$/, 'lower-case letters, digits and hyphens'),
    url: z.url({ protocol: /^https?$/ }),
    /** PEM of whoever has to have signed it; then one that is not signed by them is refused. */
    signer: z.string().includes(PEM_CERTIFICATE).optional(),
  })
  .refine(({ url, signer }) => signer !== undefined || /^https:/i.test(url), {
    path: ['url'],
    error: 'https, or a signer: else whoever is on the way decides whom we trust',
  });

const Bundles = z
  .array(Bundle)
  .max(20)
  .refine(
    (all) => new Set(all.map(({ name }) => name)).size === all.length,
    'two bundles have the same name: write another for one of them',
  );

export const Settings = z
  .strictObject({
    stage: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,15}$/, 'lower-case letters, digits and hyphens, 16 at most'),
    /** Who holds the records, as patients and consent texts know it. */
    holderName: z.string().min(1).max(200),
    senders: z.array(Sender).min(1),
    /** PEM certificates; a recipient's chain must end in one of them. */
    anchors: z.array(z.string().includes(PEM_CERTIFICATE)).default([]),
    bundles: Bundles.default([]),
    discovery: Discovery.prefault({}),
    trust: Trust.prefault({}),
    /** Whether hosts that certificates and directories name may lie on this machine: for tests, in no deployment. */
    outboundLoopback: z.boolean().default(false),
    consentTexts: z.array(ConsentText).min(1),
    identity: Identity.prefault({}),
    authority: Authority.prefault({}),
    api: Api.prefault({}),
    directory: Directory.prefault({}),
    recordSource: RecordSource.default({ kind: 'uploaded' }),
    /**
     * Whether an address to which nothing was ever delivered is sent a message without health data first, and the record
     * only when that one has arrived.
     */
    firstContact: z.enum(['send', 'probe']).default('send'),
    deadlines: Deadlines.prefault({}),
    triggers: TriggersOfKnownKinds.prefault({}),
    requests: Requests.prefault({}),
    relay: Relay.prefault({}),
    hisp: Hisp.prefault({}),
    xdr: XdrClients.default([]),
    /**
     * On what a submission by XDR is sent: only where an active request of the patient names the recipient, or also where
     * the client asserts that it may; the audit then says so.
     */
    xdrBasis: z.enum(['request', 'holder-attested']).default('request'),
    mailbox: Mailbox.optional(),
    letters: Letters.prefault({}),
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
    retention: Retention.prefault({}),
    /** Whether a message carries request.txt: what the patient asked for, for programs that receive it. */
    requestTxt: z.boolean().default(false),
    /** Whether a package carries, beside each clinical document, a page for reading that is made of it. */
    htmlRendering: z.boolean().default(false),
    /** Whether notices signed with SHA-1 count, for partners with old software; MD5 never does. */
    acceptSha1: z.boolean().default(false),
  })
  .superRefine(({ retention }, context) => {
    for (const { path, error } of retentionFaults(retention)) {
      context.addIssue({ code: 'custom', path: ['retention', path], message: error });
    }
  })
  .refine(({ anchors, bundles }) => anchors.length + bundles.length > 0, {
    path: ['anchors'],
    error:
      'without an anchor or a bundle of them nobody can be trusted: put PEM certificates into anchors/<stage>, or write bundles',
  })
  .refine(
    ({ directory: { fhir }, outboundLoopback }) =>
      fhir === undefined || outboundLoopback || /^https:/i.test(fhir.baseUrl),
    {
      path: ['directory', 'fhir', 'baseUrl'],
      error: 'https: else whoever is on the way decides what patients find',
    },
  );

export type Settings = z.infer<typeof Settings>;
export type SettingsInput = z.input<typeof Settings>;
export type SenderSettings = z.infer<typeof Sender>;
export type ConsentTextSettings = z.infer<typeof ConsentText>;
export type SensitiveSettings = z.infer<typeof Sensitive>;
export type DeadlineSettings = z.infer<typeof Deadlines>;
export type TriggerSettings = z.infer<typeof Triggers>;
export type RequestSettings = z.infer<typeof Requests>;
export type MailboxSettings = z.infer<typeof Mailbox>;
export type RelaySettings = z.infer<typeof Relay>;

/**
 * Reads the settings of a stage.
 *
 * @throws Error whose message lists every field that is wrong, one a line, with its path
 */
export function parseSettings(value: unknown): Settings {
  // Settings are read once in a process: to compile a parser for them takes three times as long as to read them.
  const parsed = Settings.safeParse(value, { jitless: true });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The settings are wrong:\n${lines.join('\n')}`);
}
