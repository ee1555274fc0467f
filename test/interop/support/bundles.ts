import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../../shared/outcome.ts';
import {
  readBundle,
  type Bundle,
  type BundleOptions,
} from '../../../shared/trust/bundle/read-bundle.ts';
import { SHARED } from '../../support/present.ts';
import type { SuiteResult } from '../conformance/suite.ts';

const FOLDER = join(SHARED, 'vectors/bundles');
const LENIENT = { allowSha1: true, minimumRsaBits: 2048 };
const NOW = new Date('2020-01-01T00:00:00Z');

/**
 * Reads the bundles that others have published and compares with what is expected of them: how many anchors, and of the
 * signed one also that it is refused for SHA-1 unless that is allowed, and where somebody else should have signed it.
 */
export async function runBundles(): Promise<SuiteResult> {
  const [, ...rows] = readFileSync(join(FOLDER, 'EXPECTED.tsv'), 'utf8').trim().split('\n');
  const verdicts = rows.flatMap((row) => {
    const [file = '', outcome = '', anchors = ''] = row.split('\t');
    const plain = verdict(file, `${outcome} ${anchors}`, file, { rules: LENIENT });
    return file.endsWith('.p7m') ? [plain, ...verdictsOnSignature(file)] : [plain];
  });
  const failed = verdicts.filter(({ expected, got }) => expected !== got);
  const total = verdicts.length;
  return { passed: total - failed.length, total, notApplicable: 0, failed };
}

/** What the last column of the signed one says in words. */
function verdictsOnSignature(file: string) {
  const [other] = anchorsIn(read('bundlePEM.p7b', { rules: LENIENT }));
  if (!other) throw new Error('There is no other certificate to pin');
  return [
    verdict(`${file} without allowSha1`, 'trust/bundle-weak', file, {}),
    verdict(`${file} with another signer`, 'trust/bundle-wrong-signer', file, {
      rules: LENIENT,
      signer: other,
    }),
  ];
}

function verdict(
  id: string,
  expected: string,
  file: string,
  options: Omit<BundleOptions, 'now'>,
): SuiteResult['failed'][number] {
  const outcome = read(file, options);
  const got = outcome.ok ? `read ${outcome.value.anchors.length}` : outcome.failure.code;
  return { id, expected, got };
}

const read = (file: string, options: Omit<BundleOptions, 'now'>): Outcome<Bundle> =>
  readBundle(readFileSync(join(FOLDER, file)), { ...options, now: NOW });

const anchorsIn = (outcome: Outcome<Bundle>) => (outcome.ok ? outcome.value.anchors : []);
