import { ROUTES } from '../../../lambdas/routes.ts';

export type TokenKind = 'patient' | 'representative' | 'provider' | 'system' | 'admin';

export interface TokenRequest {
  readonly kind: TokenKind;
  /** The data holder's id of the patient; needed by patients and representatives. */
  readonly patient?: string;
  readonly subject?: string;
  /** All that the kind may have, unless said. */
  readonly scopes?: readonly string[];
  /** Negative for one that has expired. */
  readonly validSeconds?: number;
}

/** Every scope of every route that the kind may call. */
const scopesOf = (kind: TokenKind): readonly string[] => [
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
}: TokenRequest): Record<string, unknown> {
  const sub = subject ?? `local-${kind}${patient === undefined ? '' : `-${patient}`}`;
  const common = { sub, scope: (scopes ?? scopesOf(kind)).join(' ') };
  const bound = patient === undefined ? {} : { patient };
  switch (kind) {
    case 'patient':
      return { ...common, ...bound };
    case 'representative':
      return { ...common, ...bound, fhirUser: `RelatedPerson/${sub}` };
    case 'provider':
      return { ...common, ...bound, fhirUser: `Practitioner/${sub}` };
    case 'system':
      return { ...common, client_id: sub };
    case 'admin':
      // The scope alone makes an operator.
      return { ...common, scope: `admin ${common.scope}` };
  }
}

const KINDS: readonly TokenKind[] = ['patient', 'representative', 'provider', 'system', 'admin'];

/** The form: `kind`, `patient` (needed by patients and representatives), and if wanted `subject` and `scope`. */
export function tokenRequestOf(form: URLSearchParams): TokenRequest | undefined {
  const kind = KINDS.find((each) => each === form.get('kind'));
  const patient = form.get('patient') ?? '';
  const subject = form.get('subject') ?? '';
  const scope = form.get('scope');
  if (kind === undefined) return undefined;
  if (patient === '' && (kind === 'patient' || kind === 'representative')) return undefined;
  return {
    kind,
    ...(patient === '' ? {} : { patient }),
    ...(subject === '' ? {} : { subject }),
    ...(scope === null ? {} : { scopes: scope.split(' ').filter((each) => each !== '') }),
  };
}
