import type { Acknowledged } from './acknowledged.ts';
import type { Finding } from './packs.ts';

export interface Judged {
  readonly unacknowledged: readonly Finding[];
  /** How many findings each pair of a rule and a reason covers. */
  readonly covered: ReadonlyMap<string, number>;
  /** Reasons, by rule, that cover nothing: what they were for is gone. */
  readonly idle: readonly string[];
}

/** Sets what was found against what is acknowledged. The first entry that covers a finding is the one that counts. */
export function judge(findings: readonly Finding[], table: readonly Acknowledged[]): Judged {
  const covered = new Map<string, number>();
  const unacknowledged: Finding[] = [];
  for (const finding of findings) {
    const entry = table.find((each) => covers(each, finding));
    if (!entry) unacknowledged.push(finding);
    else {
      const pair = pairOf(finding.rule, entry);
      covered.set(pair, (covered.get(pair) ?? 0) + 1);
    }
  }
  const pairs = table.flatMap((entry) => entry.rules.map((rule) => pairOf(rule, entry)));
  return { unacknowledged, covered, idle: pairs.filter((pair) => !covered.has(pair)) };
}

const pairOf = (rule: string, { reason }: Acknowledged): string => `${rule}: ${reason}`;

const covers = ({ rules, at, detail }: Acknowledged, finding: Finding): boolean =>
  rules.includes(finding.rule) &&
  (at === undefined || at.test(finding.path)) &&
  (detail === undefined ? finding.detail === undefined : detail.test(finding.detail ?? ''));
