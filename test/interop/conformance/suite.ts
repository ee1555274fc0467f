import type { Need } from '../../support/present.ts';

/** What came of one suite of foreign cases. */
export interface SuiteResult {
  readonly passed: number;
  /** Without those that are not applicable. */
  readonly total: number;
  readonly notApplicable: number;
  /** Why some are not applicable, each reason once. */
  readonly reasons?: readonly string[];
  readonly failed: readonly FailedCase[];
}

export interface FailedCase {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
}

export interface Suite {
  readonly name: string;
  /** Without these it cannot be run, and counts as falling short. */
  readonly needs: readonly Need[];
  readonly run: () => Promise<SuiteResult>;
  /** Why a result is not good enough; undefined when it is. */
  readonly shortfall: (result: SuiteResult) => string | undefined;
}

/** Every case has to pass. */
export const all = ({ passed, total, failed }: SuiteResult): string | undefined =>
  failed.length === 0 && passed === total && total > 0 ? undefined : `${passed} of ${total}`;

/** Most cases have to pass, and of those that say no every one. */
export const mostAndNoFalseAccept =
  (leastPart: number, saysNo: (expected: string) => boolean) =>
  (result: SuiteResult): string | undefined => {
    const { passed, total, failed } = result;
    const accepted = failed.filter(({ expected }) => saysNo(expected)).length;
    if (accepted > 0) return `${accepted} accepted that should be refused`;
    return total > 0 && passed >= leastPart * total ? undefined : `${passed} of ${total}`;
  };
