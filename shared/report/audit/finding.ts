import type { ReportId } from '../../ids.ts';
import type { List } from './disclosure.ts';
import type { Place } from './entry.ts';

/** Something that is not as it was entered. */
export type Finding =
  | ({ readonly what: EntryFinding } & Place)
  /** From `number` to `last`, both of them gone. */
  | ({ readonly what: 'entry-missing'; readonly last: number } & Place)
  | ({ readonly what: EventFinding; readonly reportId: ReportId } & Place)
  | {
      readonly what: 'disclosure-missing' | 'disclosure-altered' | 'disclosure-unentered';
      readonly list: List;
      readonly reportId: ReportId;
    }
  | { readonly what: 'item-unknown'; readonly key: string }
  /** `about` is a transmission or a request; of a deed its kind, or the id of what was removed. */
  | {
      readonly what: 'report-missing';
      readonly reportId: ReportId;
      readonly about: string;
    };

type EntryFinding = 'entry-altered' | 'entry-misplaced' | 'entry-unlinked' | 'entry-replaced';
type EventFinding = 'event-missing' | 'event-altered' | 'event-misplaced' | 'event-unentered';

/** What each finding means, for whoever has to find out who did it. */
const MEANS: Readonly<Record<Finding['what'], string>> = {
  'entry-altered': 'does not have the hash that it bears',
  'entry-misplaced': 'stands where another one should',
  'entry-unlinked':
    'does not name the entry before it: that one, or this one, is not what was entered',
  'entry-replaced': 'is not the one that was the newest when the heads were kept',
  'entry-missing': 'is gone',
  'event-missing': 'is named by the entry and is gone',
  'event-altered': 'does not have the bytes that the entry names',
  'event-misplaced': 'says that it stands in another entry than the one that names it',
  'event-unentered': 'stands in no entry',
  'disclosure-missing': 'is gone from the list',
  'disclosure-altered': 'is not what its event says',
  'disclosure-unentered': 'has no event that discloses it',
  'item-unknown': 'is nothing that the audit keeps',
  'report-missing': 'happened and was never entered, or is gone with its entry',
};

export const inWordsOf = (finding: Finding): string =>
  `${finding.what}: ${subjectOf(finding)} ${MEANS[finding.what]}`;

function subjectOf(finding: Finding): string {
  if ('key' in finding) return `the item ${finding.key}`;
  if ('list' in finding) return `the disclosure of ${finding.reportId} by ${finding.list}`;
  if ('about' in finding) return `the report ${finding.reportId} about ${finding.about}`;
  const { chain, number } = finding;
  if ('reportId' in finding)
    return `the event ${finding.reportId} of chain ${chain} entry ${number}`;
  const to = 'last' in finding && finding.last > number ? ` to ${finding.last}` : '';
  return `chain ${chain} entry ${number}${to}`;
}
