import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trustBatch } from '../../../infra/cli/batch/judge-chains.ts';
import { SHARED } from '../../support/present.ts';
import type { FailedCase, SuiteResult } from '../conformance/suite.ts';

interface PeerName {
  readonly kind: 'DNS' | 'IP' | 'RFC822';
  readonly value: string;
}

/** As the collection writes it. */
export interface LimboCase {
  readonly id: string;
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly signature_algorithms: readonly string[];
  readonly key_usage: readonly string[];
  readonly extended_key_usage: readonly string[];
  readonly expected_peer_name: PeerName | null;
  readonly expected_peer_names: readonly PeerName[];
  readonly max_chain_depth: number | null;
  readonly crls: readonly string[];
}

/** By id, the clause of RFC 5280 that the case breaks and that its section 6 does not check. */
type Divergences = Readonly<Record<string, string>>;

/** Where a case says nothing of the time, any within the certificates' 999 years will do. */
const SOME_TIME = '2024-06-01T00:00:00Z';
const TYPES = { DNS: 'dns', IP: 'ip', RFC822: 'email' } as const;
/** What browsers and their authorities agreed on does not bind mail. */
const OF_BROWSERS = /^webpki::/;

const jsonIn = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export const readDivergences = (): Divergences =>
  jsonIn(join(import.meta.dirname, '../limbo-divergences.json')) as Divergences;

/** Those that a line of the batch can say: which signature algorithms or key usages are wanted it cannot. */
export function readCases(): readonly LimboCase[] {
  const file = jsonIn(join(SHARED, 'vectors/limbo/limbo.json'));
  const { testcases } = file as { readonly testcases: readonly LimboCase[] };
  return testcases.filter(
    ({ id, signature_algorithms: algorithms, key_usage: usages }) =>
      !OF_BROWSERS.test(id) && algorithms.length === 0 && usages.length === 0,
  );
}

/**
 * Judges the cases of x509-limbo with lines of `transmit trust --batch`. Those that break only a rule for issuers are
 * not applicable.
 */
export async function runLimbo(): Promise<SuiteResult> {
  const divergences = readDivergences();
  const all = readCases();
  const applicable = all.filter(({ id }) => divergences[id] === undefined);
  const failed: FailedCase[] = [];
  for (const each of applicable) {
    const got = await judge(each);
    const expected = each.expected_result;
    if ((got === 'SUCCESS') !== (expected === 'SUCCESS'))
      failed.push({ id: each.id, expected, got });
  }
  const total = applicable.length;
  const notApplicable = all.length - total;
  return { passed: total - failed.length, total, notApplicable, failed };
}

/** `SUCCESS`, or the code of the refusal. Of several names of the peer each has to be there. */
export async function judge(each: LimboCase): Promise<string> {
  const judgeLine = trustBatch.start();
  const peers = [
    ...(each.expected_peer_name ? [each.expected_peer_name] : []),
    ...each.expected_peer_names,
  ];
  for (const peer of peers.length > 0 ? peers : [undefined]) {
    const answer = await judgeLine(lineOf(each, peer));
    if (!answer.ok) return answer.code ?? 'FAILURE';
  }
  return 'SUCCESS';
}

const lineOf = (each: LimboCase, peer: PeerName | undefined) => ({
  id: each.id,
  certificate: each.peer_certificate,
  intermediates: each.untrusted_intermediates,
  anchors: each.trusted_certs,
  crls: each.crls,
  at: each.validation_time ?? SOME_TIME,
  extendedKeyUsage: each.extended_key_usage,
  ...(peer && { peerName: { type: TYPES[peer.kind], value: peer.value } }),
  ...(each.max_chain_depth !== null && { maxDepth: each.max_chain_depth }),
});
