import { KINDS, type Kind } from '../../kinds.ts';
import { CALLER_ATTRIBUTES, CALLER_CLAIMS, SCOPE_PREFIX } from '../../caller-names.ts';

/** Which of our scopes a token of each kind may have. */
export type KindScopes = Readonly<Partial<Record<Kind, readonly string[]>>>;

/** As much of what a user pool asks before it makes a token as is looked at (version 3 of its events). */
export interface TokenAsked {
  readonly triggerSource: string;
  readonly request: {
    readonly userAttributes?: Readonly<Record<string, string | undefined>>;
    readonly groupConfiguration?: { readonly groupsToOverride?: readonly string[] };
    /** Those that were asked for and that the client may have. */
    readonly scopes?: readonly string[];
  };
}

/** What is laid over the access token. */
export interface Naming {
  readonly claimsToAddOrOverride: Readonly<Record<string, string>>;
  readonly scopesToSuppress: readonly string[];
}

/** A client that shows its own secret; nobody has signed in. */
const BY_CLIENT = 'TokenGeneration_ClientCredentials';
/** Kinds that are groups of people. */
const PEOPLE = KINDS.filter((kind) => kind !== 'system');

/**
 * Says in an access token who its bearer is: the kind by the one group that the data holder's staff put him in, the patient
 * by the attribute that they wrote. Whoever is in none of the groups or in several, or is a patient or represents one whom
 * nobody has named, is nobody: his token says no kind, and has no scope of ours.
 */
export function nameCaller({ triggerSource, request }: TokenAsked, scopes: KindScopes): Naming {
  const { userAttributes = {}, groupConfiguration, scopes: asked = [] } = request;
  const kind =
    triggerSource === BY_CLIENT
      ? 'system'
      : personKind(groupConfiguration?.groupsToOverride ?? [], userAttributes);
  const allowed = kind === undefined ? [] : (scopes[kind] ?? []);
  return {
    claimsToAddOrOverride:
      kind === undefined ? {} : { [CALLER_CLAIMS.kind]: kind, ...claimsOf(kind, userAttributes) },
    scopesToSuppress: asked.filter((scope) => isOurs(scope) && !allowed.includes(bare(scope))),
  };
}

type Attributes = NonNullable<TokenAsked['request']['userAttributes']>;

function personKind(groups: readonly string[], attributes: Attributes): Kind | undefined {
  const [kind, ...others] = PEOPLE.filter((each) => groups.includes(each));
  if (kind === undefined || others.length > 0) return undefined;
  const patient = attributes[CALLER_ATTRIBUTES.patient];
  // Read as absent it would open every patient to a provider, and make of an authority one without end.
  if (CLAIMS_OF[kind].some((name) => isBlank(attributes[CALLER_ATTRIBUTES[name]])))
    return undefined;
  const needsPatient = kind === 'patient' || kind === 'representative';
  return needsPatient && patient === undefined ? undefined : kind;
}

/** What is written of a user and says nothing about one of this kind is left out. */
function claimsOf(kind: Kind, attributes: Attributes): Readonly<Record<string, string>> {
  const names = CLAIMS_OF[kind].flatMap((name) => {
    const value = written(attributes, name);
    return value === undefined ? [] : [[CALLER_CLAIMS[name], value] as const];
  });
  return Object.fromEntries(names);
}

const CLAIMS_OF: Readonly<Record<Kind, readonly (keyof typeof CALLER_ATTRIBUTES)[]>> = {
  patient: ['patient'],
  representative: ['patient', 'relationship', 'authorityUntil'],
  provider: ['patient'],
  system: [],
  admin: [],
};

const written = (attributes: Attributes, name: keyof typeof CALLER_ATTRIBUTES) =>
  attributes[CALLER_ATTRIBUTES[name]]?.trim();

const isBlank = (value: string | undefined): boolean => value?.trim() === '';

const isOurs = (scope: string): boolean => scope.startsWith(`${SCOPE_PREFIX}/`);
const bare = (scope: string): string => scope.slice(SCOPE_PREFIX.length + 1);
