import type { FailureCode } from '../../failures.ts';

/** Of those that are not told when there are others: what is named later came further. */
const HOW_FAR: readonly FailureCode[] = [
  'trust/no-anchor',
  'trust/bad-signature',
  'trust/not-an-authority',
  'trust/path-length',
];

/** When several ways up fail, the refusal of the one that came furthest, and of two alike the first. */
export const furthest = (refusals: readonly FailureCode[]): FailureCode =>
  refusals.reduce(
    (best, code) => (distance(code) > distance(best) ? code : best),
    'trust/no-anchor',
  );

const distance = (code: FailureCode): number =>
  HOW_FAR.includes(code) ? HOW_FAR.indexOf(code) : HOW_FAR.length;
