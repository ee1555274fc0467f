import { ROUTES } from '../../../lambdas/routes.ts';

export type TokenKind = 'patient' | 'representative' | 'provider' | 'system' | 'admin';

/**
 * Ways in which a user may have signed in, as claims say it: to try the settings of an issuer that ask for more. `acr` are
 * words of this issuer's own, the stronger the higher.
 */
export const SIGN_INS = {
  usual: { acr: 'loa2', amr: ['pwd', 'otp', 'mfa'], secondsAgo: 600 },
  weak: { acr: 'loa1', amr: ['pwd'], secondsAgo: 0 },
  stale: { acr: 'loa2', amr: ['pwd', 'otp', 'mfa'], secondsAgo: 86_400 },
  'stepped-up': { acr: 'loa3', amr: ['hwk', 'mfa'], secondsAgo: 0 },
} as const;

export type SignInName = keyof typeof SIGN_INS;

export interface TokenRequest {
  readonly kind: TokenKind;
  /** The data holder's id of the patient; needed by patients and representatives. */
  readonly patient?: string;
  readonly subject?: string;
  /** All that the kind may have, unless said. */
  readonly scopes?: readonly string[];
  /** How the user signed in; a system never does. @default usual */
  readonly signIn?: SignInName;
  /** When that was said: it grows old with a sign-in whose tokens are renewed. @default now */
  readonly at?: Date;
  /** By what a representative acts, and until when: ISO 8601. */
  readonly authority?: { readonly relationship: string; readonly until?: string };
  /** Negative for one that has expired. */
  readonly validSeconds?: number;
}

/** Every scope of every route that the kind may call. */
export const scopesOf = (kind: TokenKind): readonly string[] => [
  ...new Set(
    ROUTES.filter(({ kinds }) => (kinds as readonly string[]).includes(kind)).flatMap(
      ({ scopes }) => [...scopes],
    ),
  ),
];

/** Claims as SMART App Launch and RFC 9068 issuers write them. */
export function claimsOf({
  kind,
  patient,
  subject,
  scopes,
  signIn = 'usual',
  at = new Date(),
  authority,
}: TokenRequest): Record<string, unknown> {
  const sub = subject ?? `local-${kind}${patient === undefined ? '' : `-${patient}`}`;
  const scope = (scopes ?? scopesOf(kind)).join(' ');
  const common = { sub, scope, ...(kind === 'system' ? {} : signedIn(signIn, at)) };
  const bound = patient === undefined ? {} : { patient };
  switch (kind) {
    case 'patient':
      return { ...common, ...bound };
    case 'representative':
      return {
        ...common,
        ...bound,
        fhirUser: `RelatedPerson/${sub}`,
        relationship: authority?.relationship,
        authority_until: authority?.until,
      };
    case 'provider':
      return { ...common, ...bound, fhirUser: `Practitioner/${sub}` };
    case 'system':
      return { ...common, client_id: sub };
    case 'admin':
      // The scope alone makes an operator.
      return { ...common, scope: `admin ${common.scope}` };
  }
}

const signedIn = (name: SignInName, at: Date): object => {
  const { acr, amr, secondsAgo } = SIGN_INS[name];
  return { acr, amr, auth_time: Math.floor(at.getTime() / 1000) - secondsAgo };
};

const KINDS: readonly TokenKind[] = ['patient', 'representative', 'provider', 'system', 'admin'];

/**
 * The form: `kind`, `patient` (needed by patients and representatives), and if wanted `subject`, `scope`, `sign_in` (one
 * of `SIGN_INS`), `relationship` and `authority_until`.
 */
export function tokenRequestOf(form: URLSearchParams): TokenRequest | undefined {
  const kind = KINDS.find((each) => each === form.get('kind'));
  const patient = form.get('patient') ?? '';
  const subject = form.get('subject') ?? '';
  const scope = form.get('scope');
  const signIn = form.get('sign_in') ?? 'usual';
  if (kind === undefined || !isSignIn(signIn)) return undefined;
  if (patient === '' && (kind === 'patient' || kind === 'representative')) return undefined;
  return {
    kind,
    ...(patient === '' ? {} : { patient }),
    ...(subject === '' ? {} : { subject }),
    ...(scope === null ? {} : { scopes: scope.split(' ').filter((each) => each !== '') }),
    ...authorityIn(form),
    signIn,
  };
}

const isSignIn = (name: string): name is SignInName => Object.hasOwn(SIGN_INS, name);

function authorityIn(form: URLSearchParams): Pick<TokenRequest, 'authority'> {
  const relationship = form.get('relationship') ?? '';
  const until = form.get('authority_until') ?? '';
  return relationship === ''
    ? {}
    : { authority: { relationship, ...(until === '' ? {} : { until }) } };
}
