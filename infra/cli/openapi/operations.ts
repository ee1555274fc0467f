import * as schemas from '../../../lambdas/schemas.ts';
import type { Operation, Operations } from '../../../shared/operation.ts';
import { type DescribedRoute, keyOf } from './routes.ts';

/** What every function says of its routes, by `METHOD /path`. */
export const OPERATIONS: Operations = Object.assign({}, ...Object.values(schemas)) as Operations;

/** @throws Error when its function says nothing of it */
export function operationOf(route: DescribedRoute): Operation {
  const operation = OPERATIONS[keyOf(route)];
  if (operation === undefined) throw new Error(`Nothing is told of ${keyOf(route)}`);
  return operation;
}
