import * as z from 'zod';
import { DEFAULT_ISSUER } from './caller-names.ts';
import { KINDS } from './kinds.ts';

/** Signatures by a key pair alone, never by a shared secret. */
export const ALGORITHMS = ['RS256', 'ES256', 'ES384'] as const;

/** Nothing but the path: what is sent with a URL beyond it is nobody's name. In clear only to the same machine. */
const ISSUER_URL =
  /^(https:\/\/[^\s/?#@]+|http:\/\/(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?)(\/[^\s?#]*)?$/;

const Claim = z.string().min(1).max(200);

/** Under which names an issuer says what a token is about. */
const ClaimNames = z.strictObject({
  /** The data holder's ids of the patients that the token is for. */
  patient: Claim.default('patient'),
  /** Who the user is, as a FHIR reference: `Practitioner/…`, `RelatedPerson/…`. */
  person: Claim.default('fhirUser'),
  /** By what authority a representative acts. */
  relationship: Claim.default('relationship'),
  /** When that authority ends: ISO 8601, or seconds since 1970. */
  authorityUntil: Claim.default('authority_until'),
  /** @default `scope`, else `scp` */
  scopes: Claim.exactOptional(),
  /** One of the kinds, outright. With it nothing else decides, and a token without it is nobody's. */
  kind: Claim.exactOptional(),
});

/** Goes out in a header, between quotes and blanks. */
const Word = z
  .string()
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'ASCII without blanks, quotes and backslashes');
const Words = z.array(Word).max(20);
const AgeSeconds = z.int().min(30).max(31_536_000);

const StepUp = z
  .strictObject({ acr: Words.default([]), maxAuthAgeSeconds: AgeSeconds.exactOptional() })
  .refine(({ acr, maxAuthAgeSeconds }) => acr.length > 0 || maxAuthAgeSeconds !== undefined, {
    error: 'acr, maxAuthAgeSeconds, or both: else nothing is stepped up to',
  });

const Issuer = z
  .strictObject({
    /** Stands before the subjects of its tokens, so that nobody is taken for the same subject of another issuer. */
    name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens'),
    /** As it stands in its tokens, to the letter. */
    url: z
      .string()
      .max(500)
      .regex(ISSUER_URL, 'https, without credentials, query and fragment')
      .exactOptional(),
    /** One of which a token must be for. */
    audiences: z.array(z.string().min(1).max(500)).min(1).max(20).exactOptional(),
    algorithms: z
      .array(z.enum(ALGORITHMS))
      .min(1)
      .default([...ALGORITHMS]),
    /** Whom it may speak for. */
    kinds: z
      .array(z.enum(KINDS))
      .min(1)
      .default([...KINDS]),
    /**
     * `cognito` for access tokens of Amazon Cognito, which name no type and, instead of an audience, the client that asked
     * for them: `audiences` then lists clients.
     */
    form: z.enum(['standard', 'cognito']).default('standard'),
    claims: ClaimNames.prefault({}),
    /** A person's token must have one of these classes of sign-in; empty: any. */
    acr: Words.default([]),
    /** And one of these methods among its own; empty: any. */
    amr: Words.default([]),
    /** How long ago a person may have signed in. */
    maxAuthAgeSeconds: AgeSeconds.exactOptional(),
    /** What more creating a request and adding an address ask for. Absent: nothing. */
    stepUp: StepUp.exactOptional(),
  })
  .superRefine(({ name, url, audiences }, context) => {
    const isDefault = name === DEFAULT_ISSUER;
    for (const [path, value] of Object.entries({ url, audiences })) {
      if (isDefault && value !== undefined) {
        context.addIssue({ code: 'custom', path: [path], message: DEPLOYED });
      }
      if (!isDefault && value === undefined) {
        context.addIssue({
          code: 'custom',
          path: [path],
          message: 'write it: only the issuer named default goes without',
        });
      }
    }
  });

const DEPLOYED = 'take it out: that of the issuer named default is a parameter of the deployment';

const Issuers = z
  .array(Issuer)
  .max(10)
  .refine(
    (all) => hasNoTwice(all.map(({ name }) => name)),
    'two issuers have the same name: write another for one of them',
  )
  .refine(
    (all) => hasNoTwice(all.flatMap(({ url }) => url ?? [])),
    'one URL stands there twice: write both as one issuer',
  );

const hasNoTwice = (all: readonly string[]): boolean => new Set(all).size === all.length;

/** What is believed no longer before its time; counts within the minute for which the gateway keeps an answer. */
const Revoked = z.strictObject({
  /** `jti` of tokens. */
  tokens: z.array(z.string().min(1).max(255)).max(1000).default([]),
  /** As the audit shows them: of another issuer than the default one, its name and a blank come first. */
  subjects: z.array(z.string().min(1).max(300)).max(1000).default([]),
});

/** How callers are known. */
export const Identity = z.strictObject({
  issuers: Issuers.default([]),
  revoked: Revoked.prefault({}),
});

export type IdentitySettings = z.infer<typeof Identity>;
export type RevokedSettings = z.infer<typeof Revoked>;

/** An issuer with all that is to be known of it. */
export type KnownIssuer = z.infer<typeof Issuer> & {
  readonly url: string;
  readonly audiences: readonly string[];
};

/**
 * All issuers that are believed: the one of the deployment, by the rules under its name, then the others.
 *
 * @param deployed its audiences with blanks between, where there are several
 * @throws Error when the deployment names none that could be believed, or one that the settings name too
 */
export function issuersOf(
  { issuers }: IdentitySettings,
  deployed: { readonly url: string; readonly audience: string },
): readonly KnownIssuer[] {
  const others = issuers.filter((each): each is KnownIssuer => each.url !== undefined);
  if (!ISSUER_URL.test(deployed.url)) throw new Error('The URL of the default issuer is none');
  if (others.some(({ url }) => url === deployed.url)) {
    throw new Error('The default issuer stands under another name, too');
  }
  const rules = issuers.find(({ name }) => name === DEFAULT_ISSUER);
  const byDefault = {
    ...(rules ?? Issuer.parse({ name: DEFAULT_ISSUER })),
    url: deployed.url,
    audiences: deployed.audience.split(' ').filter((each) => each !== ''),
  };
  return [byDefault, ...others];
}
