import { later, type Now } from '../../clock.ts';
import { reportIdOfHappening, type Happening } from '../report-of.ts';
import type { Finding } from './finding.ts';
import type { AuditTrail } from './trail.ts';

/** What is younger may still be on its way. */
const ENTERED_WITHIN_SECONDS = 3600;

/** What happened, by what is kept of it, that should be in the audit and is not. */
export async function unentered(
  happenings: AsyncIterable<readonly Happening[]>,
  trail: AuditTrail,
  now: Now,
): Promise<readonly Finding[]> {
  const until = later(now(), -ENTERED_WITHIN_SECONDS).toISOString();
  const findings: Finding[] = [];
  for await (const page of happenings) {
    const expected = page.filter((each) => atOf(each) < until).flatMap(expectedOf);
    const kept = await trail.events(expected.map(({ reportId }) => reportId));
    const ids = new Set(kept.map(({ id }) => id));
    findings.push(...expected.filter(({ reportId }) => !ids.has(reportId)));
  }
  return findings;
}

function atOf(happening: Happening): string {
  switch (happening.kind) {
    case 'fact':
      return happening.fact.at;
    case 'milestone':
      return happening.milestone.at;
    case 'deed':
      return happening.deed.at;
  }
}

function aboutOf(happening: Happening): string {
  switch (happening.kind) {
    case 'fact':
      return happening.transmissionId;
    case 'milestone':
      return happening.milestone.requestId;
    case 'deed':
      return happening.deed.of ?? happening.deed.kind;
  }
}

function expectedOf(happening: Happening) {
  const reportId = reportIdOfHappening(happening);
  const about = aboutOf(happening);
  return reportId === undefined ? [] : [{ what: 'report-missing' as const, reportId, about }];
}
