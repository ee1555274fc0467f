import { type ReportId, reportIdOf, type TransmissionId } from '../ids.ts';
import { type Fact, factSource } from '../transmission/facts.ts';
import type { Transmission } from '../transmission/transmission.ts';
import type { Deed } from '../deed.ts';
import type { Milestone } from '../transmit-request/milestone.ts';
import type { Audited, AuditedDeed, Report, ReportType } from './report.ts';

/** Something that was just written down and may be news. */
export type Happening =
  | { readonly kind: 'fact'; readonly transmissionId: TransmissionId; readonly fact: Fact }
  | { readonly kind: 'milestone'; readonly milestone: Milestone }
  | { readonly kind: 'deed'; readonly deed: Deed };

/** What is told of a fact, if it is news to others: what is about to be tried, and what only explains, is not. */
export function reportOfFact(fact: Fact, transmission: Transmission): Audited | undefined {
  const type = typeOf(fact);
  if (type === undefined) return undefined;
  const { id, requestId, clientReference, patientKey, address, submission, isProbe } = transmission;
  const report: Report = {
    id: idOfFact(fact, id),
    type,
    at: fact.at,
    requestId,
    transmissionId: id,
    ...(clientReference !== undefined && { clientReference }),
    ...('code' in fact && { code: fact.code }),
    ...(isProbe && { isProbe }),
    sequence: fact.sequence,
  };
  const attestedBy = submission?.basis && submission.client;
  return { report, patientKey, address, ...(attestedBy !== undefined && { attestedBy }) };
}

/** Whether it is news can be said without knowing whose copy it is about. */
export const isNews = (fact: Fact): boolean => typeOf(fact) !== undefined;

/** Every milestone is news. */
export function reportOfMilestone(milestone: Milestone): Audited {
  const { kind, at, requestId, clientReference, code, patientKey } = milestone;
  const { addressees, addressKey, by, attestedBy, directiveSha256 } = milestone;
  const report: Report = {
    id: idOfMilestone(milestone),
    type: kind,
    at,
    requestId,
    ...(clientReference !== undefined && { clientReference }),
    ...(code !== undefined && { code }),
  };
  return {
    report,
    patientKey,
    ...(addressees !== undefined && { addressees }),
    ...(addressKey !== undefined && { isOfOneAddress: true }),
    ...(by !== undefined && { by }),
    ...(directiveSha256 !== undefined && { directiveSha256 }),
    ...(attestedBy !== undefined && { attestedBy }),
  };
}

/** Its own words, under its own id. */
export const auditedDeed = ({ id, kind: type, at, ...deed }: Deed): AuditedDeed => ({
  report: { id, type, at },
  deed,
});

/** The id of the report by which something is told; undefined when it is no news. */
export function reportIdOfHappening(happening: Happening): ReportId | undefined {
  if (happening.kind === 'milestone') return idOfMilestone(happening.milestone);
  if (happening.kind === 'deed') return happening.deed.id;
  const { fact, transmissionId } = happening;
  return isNews(fact) ? idOfFact(fact, transmissionId) : undefined;
}

const idOfMilestone = ({ id }: Milestone): ReportId => reportIdOf('milestone', id);

/** The one end of a transmission is one fact by its source, so it is one report. */
const idOfFact = (fact: Fact, transmission: TransmissionId): ReportId =>
  reportIdOf('fact', transmission, fact.kind, factSource(fact));

function typeOf(fact: Fact): ReportType | undefined {
  switch (fact.kind) {
    case 'requested':
    case 'deferred':
    case 'uncertain':
    case 'processed':
    case 'late-notice':
      return `transmission.${fact.kind}`;
    case 'accepted':
      return 'transmission.sent';
    case 'dispatched':
      // Without the X-DIRECT field it says nothing of the mailbox.
      return fact.final ? 'transmission.dispatched' : undefined;
    case 'ended':
      return `transmission.${fact.end}`;
    case 'confirmed':
    case 'reached':
    case 'halted':
    case 'continued':
    case 'intent':
    case 'resolved':
    case 'hastened':
    case 'relayed':
    case 'bounced':
    case 'recipient-failed':
      return undefined;
  }
}
