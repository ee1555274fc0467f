import { eventIn, isOfReport, type ReportEvent } from '../../../shared/report/audit/event.ts';
import type { Report } from '../../../shared/report/report.ts';
import type { Life } from './life.ts';

/** What is known of a report, to whomever it was told. */
export type Told = Pick<Report, 'id' | 'type' | 'transmissionId'>;

const eventsOf = ({ auditTable }: Life): readonly ReportEvent[] =>
  [...auditTable.items()]
    .filter(({ kind }) => kind === 'event')
    .map(({ text }) => eventIn(String(text)))
    .filter(isOfReport);

export const audited = (life: Life): readonly Told[] => eventsOf(life).map(({ report }) => report);

export const published = ({ witness }: Life): readonly Told[] =>
  witness.reports.map(({ report }) => report);

/** The id of the report travels with the rest of it. */
export const heard = ({ witness }: Life): readonly Told[] =>
  witness.messages.map((body) => {
    const { type, data } = JSON.parse(body) as { type: Report['type']; data: Report };
    return { ...data, type };
  });

export const disclosedIn = (life: Life): ReadonlySet<string | undefined> =>
  new Set(
    eventsOf(life)
      .filter(({ disclosed }) => disclosed !== undefined)
      .map(({ report }) => report.transmissionId),
  );
