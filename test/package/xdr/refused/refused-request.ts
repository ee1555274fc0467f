import type { FailureCode } from '../../../../shared/failures.ts';

/** A request that is refused, and with which code. */
export interface RefusedRequest {
  readonly name: string;
  readonly code: FailureCode;
  readonly entity: Uint8Array;
}

export const refusedAs = <Given>(
  code: FailureCode,
  entityOf: (given: Given) => Uint8Array,
  rows: readonly (readonly [name: string, given: Given])[],
): readonly RefusedRequest[] =>
  rows.map(([name, given]) => ({ name, code, entity: entityOf(given) }));
