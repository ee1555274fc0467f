import { ROUTES } from '../../../lambdas/routes.ts';

/** A route, as far as its description follows from it. */
export interface DescribedRoute {
  readonly lambda: string;
  readonly method: string;
  readonly path: string;
  readonly scopes: readonly string[];
  readonly kinds: readonly string[];
  readonly certificate?: true;
  readonly idempotent?: true;
  readonly page?: true;
  readonly ifMatch?: true | 'optional';
  readonly stepUp?: true;
  readonly intake?: true;
}

export const DESCRIBED_ROUTES: readonly DescribedRoute[] = ROUTES;

export const keyOf = ({ method, path }: DescribedRoute): string => `${method} ${path}`;
export const isOpen = ({ kinds }: DescribedRoute): boolean => kinds.includes('any');
export const isAbout = ({ path }: DescribedRoute, parameter: string): boolean =>
  path.includes(`{${parameter}}`);
