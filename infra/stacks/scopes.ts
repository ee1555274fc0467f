import { ROUTES } from '../../lambdas/routes.ts';

/** Whom the staff put into groups of the same names. */
export const PEOPLE = ['patient', 'representative', 'provider', 'admin'] as const;

/** Who uses the hosted pages. */
export const PORTAL_KINDS = ['patient', 'representative', 'provider'] as const;

/** Every scope of every route that one of these may call. */
export const scopesOf = (kinds: readonly string[]): readonly string[] =>
  [
    ...new Set(
      ROUTES.filter((route) => route.kinds.some((kind) => kinds.includes(kind))).flatMap(
        ({ scopes }) => [...scopes],
      ),
    ),
  ].sort();
