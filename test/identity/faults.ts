import { isPublic, type Route } from '../../shared/edge/identity/access.ts';
import { CONTEXTS, RESOURCES } from '../../shared/edge/identity/scopes.ts';
import type { FailureCode } from '../../shared/failures.ts';
import type { Kind } from '../../shared/kinds.ts';
import type { Differing, KnownIssuers } from './known-issuers.ts';

/** What a caller is told: the gateway's own answer, the code of a problem, or whatever the function has to say. */
export type Told = 'gateway 401' | 'gateway 403' | 'gateway 500' | FailureCode | 'let in';

/** Something that is wrong with what a caller shows, and what that means for a route. */
export interface Fault {
  /** The Authorization header; absent: none. */
  readonly shows?: (issuers: KnownIssuers, kind: Kind) => string | Promise<string>;
  /** For a route that the kind may call; for others, unless `first`, it is forbidden all the same. */
  readonly told: (route: Route, kind: Kind) => Told;
  /** Nobody looks at the route before this is found. */
  readonly first?: (kind: Kind) => boolean;
}

const bearing =
  (differing: Differing | ((issuers: KnownIssuers) => Differing)) =>
  async (issuers: KnownIssuers, kind: Kind): Promise<string> => {
    const chosen = typeof differing === 'function' ? differing(issuers) : differing;
    return `Bearer ${await issuers.token(kind, chosen)}`;
  };

/** With every letter of every resource, in this context; an operator is one by a scope of ours. */
const bearingSmart =
  (contextOf: (kind: Kind) => string | undefined) =>
  async (issuers: KnownIssuers, kind: Kind): Promise<string> => {
    const words = Object.values(RESOURCES).map(
      (each) => `${contextOf(kind) ?? 'user'}/${each}.cruds`,
    );
    const scope = [...(kind === 'admin' ? ['admin'] : []), ...words].join(' ');
    return `Bearer ${await issuers.token(kind, { claims: { scope } })}`;
  };

const always = (): boolean => true;
const isPerson = (kind: Kind): boolean => kind !== 'system';

/** It is no token of ours: the gateway says so, in words of its own. */
const denied = (shows: Fault['shows']): Fault => ({
  ...(shows === undefined ? {} : { shows }),
  told: () => 'gateway 403',
  first: always,
});

/** It is one, and its own state is what is wrong. */
const refused = (code: FailureCode, differing: Parameters<typeof bearing>[0]): Fault => ({
  shows: bearing(differing),
  told: () => code,
  first: always,
});

/** A system has no sign-in that could be weak. */
const weak = (claims: (issuers: KnownIssuers) => object): Fault => ({
  shows: bearing((issuers) => ({ claims: claims(issuers) })),
  told: (_, kind) => (isPerson(kind) ? 'edge/sign-in-weak' : 'let in'),
  first: isPerson,
});

const unready = (claims: (issuers: KnownIssuers) => object): Fault => ({
  shows: bearing((issuers) => ({ claims: claims(issuers) })),
  told: (route, kind) => (route.stepUp && isPerson(kind) ? 'edge/step-up-needed' : 'let in'),
});

const at = (key: string, seconds: number) => (issuers: KnownIssuers) => ({
  claims: { [key]: issuers.second + seconds },
});

/** Everything that may be wrong, by name; the first one is that nothing is. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  nothing: { shows: bearing({}), told: () => 'let in' },
  'no token': {
    // The gateway turns it away unasked, but where a certificate would do.
    told: (route) => (route.certificate ? 'gateway 403' : 'gateway 401'),
    first: always,
  },
  garbage: denied(() => 'Bearer abc.def.ghi'),
  'a password': denied(() => 'Basic YTpi'),
  'an issuer nobody knows': denied(bearing({ claims: { iss: 'https://stranger.example' } })),
  'a stranger in the issuer’s name': denied(bearing({ by: 'stranger' })),
  'an issuer that is out of reach': {
    shows: bearing({ by: 'lost' }),
    told: () => 'gateway 500',
    first: always,
  },
  'another audience': denied(bearing({ claims: { aud: 'another-api' } })),
  'no audience': denied(bearing({ claims: { aud: undefined } })),
  'another algorithm': denied(bearing({ by: 'pss' })),
  'no algorithm': denied((issuers, kind) => `Bearer ${issuers.unsigned(kind)}`),
  'the public key as a secret': denied((issuers, kind) => `Bearer ${issuers.signedInPublic(kind)}`),
  'another type': denied(bearing({ header: { typ: 'logout+jwt' } })),
  'no type': denied(bearing({ header: { typ: undefined } })),
  expired: refused('edge/token-expired', at('exp', -61)),
  'not valid yet': refused('edge/token-expired', at('nbf', 61)),
  'issued in the future': refused('edge/token-expired', at('iat', 61)),
  withdrawn: refused('edge/token-revoked', { claims: { jti: 'withdrawn' } }),
  'a subject that is none': refused('edge/forbidden', { claims: { sub: 'a b' } }),
  'a weak sign-in': weak(() => ({ acr: 'loa1' })),
  'a sign-in of no class': weak(() => ({ acr: undefined })),
  'a stale sign-in': weak(({ second }) => ({ auth_time: second - 3700 })),
  'a sign-in at no time': weak(() => ({ auth_time: undefined })),
  'a sign-in of the lesser class': unready(() => ({ acr: 'loa2' })),
  'a sign-in of ten minutes ago': unready(({ second }) => ({ auth_time: second - 600 })),
  'no scope': {
    // An operator is one by a scope.
    shows: async (issuers, kind) =>
      `Bearer ${await issuers.token(kind, { claims: { scope: kind === 'admin' ? 'admin' : '' } })}`,
    told: () => 'edge/forbidden',
  },
  'scopes for other things': {
    shows: bearing({ claims: { scope: 'admin openid launch/patient patient/*.cruds' } }),
    told: () => 'edge/forbidden',
  },
  'scopes in the words of SMART': {
    shows: bearingSmart((kind) => CONTEXTS[kind]),
    told: ({ scopes }) =>
      scopes.every((scope) => scope in RESOURCES) ? 'let in' : 'edge/forbidden',
  },
  'scopes in those words, in the context of others': {
    shows: bearingSmart((kind) => (kind === 'provider' ? 'patient' : 'user')),
    told: () => 'edge/forbidden',
  },
  'another patient': {
    shows: async (issuers, kind) =>
      `Bearer ${await issuers.token(kind, isBound(kind) ? { patient: 'ben' } : {})}`,
    told: ({ path }, kind) =>
      isBound(kind) && path.includes('{patientId}') ? 'edge/forbidden' : 'let in',
  },
  'patients that cannot be read': refused('edge/forbidden', { claims: { patient: { id: 'ana' } } }),
  'an issuer that speaks for providers alone': {
    shows: bearing({ by: 'clinic' }),
    told: (_, kind) => (kind === 'provider' ? 'let in' : 'edge/forbidden'),
  },
};

/** Whose tokens may name the patients that they are for. */
export const isBound = (kind: Kind): boolean =>
  kind === 'patient' || kind === 'representative' || kind === 'provider';

/** What the table of routes says that a caller of this kind with this fault is told. */
export function toldBy(route: Route, kind: Kind, fault: Fault): Told {
  if (isPublic(route)) return 'let in';
  if (fault.first?.(kind)) return fault.told(route, kind);
  return route.kinds.includes(kind) ? fault.told(route, kind) : 'edge/forbidden';
}
