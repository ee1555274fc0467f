import { CHAINS, type Entry, type Place } from './entry.ts';
import type { Finding } from './finding.ts';
import { strayIn } from './strays.ts';
import type { AuditTrail } from './trail.ts';
import { verifyChain } from './verify-chain.ts';

/** The newest entry of a chain. Kept elsewhere, it shows later whether anything was cut off behind it. */
export type Head = Place & Pick<Entry, 'sha256'>;

export interface Verified {
  readonly findings: readonly Finding[];
  readonly entries: number;
  readonly events: number;
  readonly heads: readonly Head[];
}

export interface Verifying {
  readonly trail: AuditTrail;
  /** Of an earlier run, kept where nobody who could change the table could change them. */
  readonly heads?: readonly Head[];
  /** Waits until a transaction that was seen in part has been written as a whole: a second is plenty. */
  readonly pause: () => Promise<unknown>;
}

/**
 * Looks at everything in the audit: at each chain from its beginning, at what the entries name, and at whatever else lies
 * in the table. A chain whose end was cut off, with all that was entered there, looks like one that never was longer;
 * `heads` of an earlier run show that.
 */
export async function verifyAudit({ trail, heads = [], pause }: Verifying): Promise<Verified> {
  const chains = Array.from({ length: CHAINS }, (_, chain) => chain);
  const newest = await Promise.all(chains.map((chain) => trail.newest(chain)));
  await pause();
  const walked = await Promise.all(chains.map((chain) => walk(trail, chain, newest[chain] ?? 0)));
  const findings = walked.flatMap((each) => each.findings);
  const strays = await strayOnes(trail, pause, new Set(findings.map(subjectOf)));
  return {
    findings: [...findings, ...(await cutOff(trail, heads, newest)), ...strays],
    entries: walked.reduce((sum, { entries }) => sum + entries, 0),
    events: walked.reduce((sum, { events }) => sum + events, 0),
    heads: walked.flatMap(({ head }) => head ?? []),
  };
}

async function walk(trail: AuditTrail, chain: number, upTo: number) {
  const findings: Finding[] = [];
  let [entries, events] = [0, 0];
  let head: Head | undefined;
  for await (const seen of verifyChain(trail, chain, upTo)) {
    entries += 1;
    events += seen.entry?.events.length ?? 0;
    findings.push(...seen.findings);
    if (seen.entry) head = headOf(seen.entry);
  }
  return { findings, entries, events, ...(head && { head }) };
}

const headOf = ({ chain, number, sha256 }: Entry): Head => ({ chain, number, sha256 });

/** A head inside of a gap was named with the gap. */
async function cutOff(
  trail: AuditTrail,
  heads: readonly Head[],
  newest: readonly number[],
): Promise<readonly Finding[]> {
  const kept = await trail.entriesAt(heads);
  return heads.flatMap(({ chain, number, sha256 }): readonly Finding[] => {
    const last = newest[chain] ?? 0;
    if (number > last) return [{ what: 'entry-missing', chain, number: last + 1, last: number }];
    const there = kept.find(({ place }) => place.chain === chain && place.number === number);
    const isOther = there !== undefined && there.entry?.sha256 !== sha256;
    return isOther ? [{ what: 'entry-replaced', chain, number }] : [];
  });
}

/** What no entry vouches for, but for what was named already. */
async function strayOnes(
  trail: AuditTrail,
  pause: () => Promise<unknown>,
  named: ReadonlySet<string>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const page of trail.everything()) {
    let strays = await strayIn(trail, page);
    if (strays.length > 0) {
      await pause();
      strays = await strayIn(
        trail,
        strays.map(({ found }) => found),
      );
    }
    findings.push(...strays.map(({ finding }) => finding));
  }
  return findings.filter((finding) => !named.has(subjectOf(finding)));
}

/** What a finding is about, so that one thing is named once. */
const subjectOf = (finding: Finding): string => {
  if ('key' in finding) return finding.key;
  if ('list' in finding) return `${finding.list} ${finding.reportId}`;
  return 'reportId' in finding ? finding.reportId : `${finding.chain} ${finding.number}`;
};
