import { API_FLOORS } from './api/floors.ts';
import { BUNDLE_FLOORS } from './bundles/floors.ts';
import { CHAIN_FLOORS } from './chain/floors.ts';
import { caseOf, entityOf, SIZE_BYTES, SIZES, type Size, type Suite } from './cases.ts';
import type { Measure } from './ratios.ts';

/** A number that must be met, and one that is wished for. */
export interface Floor {
  readonly suite: Suite;
  readonly what: string;
  readonly case: string;
  readonly measure: Measure;
  readonly sense: 'at least' | 'at most';
  /** Whether no run may miss it; else one that meets it will do. */
  readonly everyRun?: true;
  /** Absent of what is only reported. */
  readonly floor?: number;
  readonly aim: number;
  readonly unit: '' | 'x' | ' MB' | ' KB' | ' ms';
}

const SHARE = { kind: 'ratio', of: 'limit', over: 'ours' } as const;
const against = (contestant: string): Measure => ({ kind: 'ratio', of: contestant, over: 'ours' });

const ratios = (
  suite: Suite,
  what: string,
  cases: readonly string[],
  measure: Measure,
  [floor, aim]: readonly [floor: number, aim: number],
): readonly Floor[] =>
  cases.map((name) => ({
    suite,
    what,
    case: name,
    measure,
    sense: 'at least',
    floor,
    aim,
    unit: measure === SHARE ? '' : 'x',
  }));

const structured = (...sizes: readonly Size[]) => sizes.map((size) => caseOf('structured', size));
const base64 = (...sizes: readonly Size[]) => sizes.map((size) => caseOf('base64', size));

const memory = (size: Size): Floor => {
  const payload = SIZE_BYTES[size] / 1_000_000;
  return {
    suite: 'memory',
    what: 'peak above idle after 5 messages, input included',
    case: caseOf('structured', size),
    measure: { kind: 'median', of: 'ours' },
    sense: 'at most',
    floor: 24 + 2.5 * payload,
    aim: 16 + 2 * payload,
    unit: ' MB',
  };
};

const TEN_RECIPIENTS = { '100k': 5, '1m': 2, '10m': 1.3 };

const recipients = (size: keyof typeof TEN_RECIPIENTS): Floor => ({
  suite: 'recipients',
  what: 'ten recipients of one record against one',
  case: caseOf('structured', size),
  measure: { kind: 'ratio', of: 'ten', over: 'one' },
  sense: 'at most',
  aim: TEN_RECIPIENTS[size],
  unit: 'x',
});

const PIPELINE = 'pipeline, share of the limit';
const SMIME = 'S/MIME layer, share of the limit, CBC';
const PKIJS = 'pipeline against pkijs + fflate';
const BOUNCYCASTLE = 'pipeline against BouncyCastle, our hashes included';

/** What the bench fails on, and what it reports beside. Each floor lies under the worst run of a lean implementation that was measured before. */
export const FLOORS: readonly Floor[] = [
  ...ratios('pipeline', PIPELINE, structured('100k'), SHARE, [0.8, 0.92]),
  ...ratios('pipeline', PIPELINE, structured('1m', '10m', '30m'), SHARE, [0.9, 0.96]),
  ...ratios('pipeline', PIPELINE, base64('100k'), SHARE, [0.8, 0.92]),
  ...ratios('pipeline', PIPELINE, base64('1m', '10m', '30m'), SHARE, [0.9, 0.96]),
  ...ratios('smime', SMIME, SIZES.map(entityOf), SHARE, [0.65, 0.85]),
  ...ratios('pipeline', PKIJS, structured('100k', '1m'), against('pkijs'), [3, 4]),
  ...ratios('pipeline', PKIJS, structured('10m', '30m'), against('pkijs'), [2.5, 2.8]),
  ...ratios('pipeline', PKIJS, base64(...SIZES), against('pkijs'), [1.9, 2.2]),
  ...ratios('pipeline', BOUNCYCASTLE, structured('100k'), against('bouncycastle'), [2.3, 2.6]),
  ...ratios('pipeline', BOUNCYCASTLE, structured('1m'), against('bouncycastle'), [1.4, 1.6]),
  ...ratios(
    'pipeline',
    BOUNCYCASTLE,
    structured('10m', '30m'),
    against('bouncycastle'),
    [1.25, 1.4],
  ),
  ...SIZES.map(memory),
  {
    suite: 'header',
    what: 'header read at 30 MB against 100 KB',
    case: 'header',
    measure: { kind: 'ratio', of: '30m', over: '100k' },
    sense: 'at most',
    floor: 2,
    aim: 1.1,
    unit: 'x',
  },
  ...(['100k', '1m', '10m'] as const).map(recipients),
  ...CHAIN_FLOORS,
  ...API_FLOORS,
  {
    suite: 'cold-start',
    what: 'import time our code adds beyond pkijs, asn1js, zod and the SDK',
    case: 'import',
    measure: { kind: 'difference', of: 'with ours', over: 'libraries' },
    sense: 'at most',
    floor: 8,
    aim: 2,
    unit: ' ms',
  },
  ...BUNDLE_FLOORS,
];
