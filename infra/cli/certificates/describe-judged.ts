import type { Outcome } from '../../../shared/outcome.ts';
import type { RevocationWord } from '../../../shared/trust/revocation/revocation.ts';
import { linesOf, viewOf } from './describe-certificate.ts';
import type { ChainVerdict } from './judge-chain.ts';
import { rfc4514 } from './rfc4514.ts';

/** One certificate, and what was found out about it. */
export interface Judged {
  readonly der: Uint8Array;
  readonly outcome: Outcome<ChainVerdict>;
}

const REVOCATION: Readonly<Record<RevocationWord, string>> = {
  good: 'nothing on the path is revoked',
  unknown: 'nobody can say now whether something on the path is revoked',
  'not-named': 'something on the path names no source that could be asked whether it is revoked',
  off: 'nobody was asked whether something on the path is revoked',
};

/** For people: what it is, and where its path leads, or the code of why it may not be used. */
export function linesOfJudged({ der, outcome }: Judged, title: string): readonly string[] {
  if (!outcome.ok) {
    const { code, detail } = outcome.failure;
    return linesOf(der, `${title}, ${code}${detail === undefined ? '' : ` (${detail})`}`);
  }
  const { path, policies, proved, revocation } = outcome.value;
  const [first, ...above] = path.map(({ subject }) => rfc4514(subject.der) || '(empty name)');
  return [
    ...linesOf(der, `${title}, may be used`),
    `  path     ${first}`,
    ...above.map((name) => `           ${name}`),
    ...(proved ? [`  proves   the ${proved}`] : []),
    ...(policies.length > 0 ? [`  policies ${policies.join(', ')}`] : []),
    `  revoked  ${REVOCATION[revocation]}`,
  ];
}

/** For programs. */
export function viewOfJudged({ der, outcome }: Judged): Readonly<Record<string, unknown>> {
  if (!outcome.ok) return { ...viewOf(der), ...outcome.failure };
  const { path, policies, proved, revocation } = outcome.value;
  return {
    ...viewOf(der),
    path: path.map(({ subject }) => rfc4514(subject.der)),
    policies,
    ...(proved && { proved }),
    revocation,
  };
}
