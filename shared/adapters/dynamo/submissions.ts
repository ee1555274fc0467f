import type {
  SubmissionStore,
  TakenOpening,
  TakenSubmission,
  VersionsRead,
} from '../../transmission/submission-store.ts';
import { atVersion } from './consent-head.ts';
import { agingAttributes, KEYS } from './keys.ts';
import { copyWrites, requestWrite } from './ledger/opening.ts';
import type { Item, Table, Write } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { creationWrites, requestItem } from './transmit-requests.ts';

export const submissionStore = (table: Table): SubmissionStore => ({
  async find(id) {
    const item = await table.get(KEYS.submission(id));
    return item && bodyOf(item, 'submission');
  },

  /** 75 writes at most: six for each of ten copies and its probe, one for each of their requests, five for a new one. */
  async take(taken, openings, asRead) {
    const written = await table.write([
      {
        put: submissionItem(taken, openings),
        when: [{ absent: true }],
      },
      ...openings.flatMap((opening) => [
        ...(opening.isNew ? newRequestWrites(taken, opening, asRead) : [requestWrite(opening)]),
        ...opening.copies.flatMap((copy) => copyWrites(copy, opening.facts, opening.dueAt)),
      ]),
    ]);
    return written.ok ? 'taken' : 'changed-meanwhile';
  },
});

/** With what it takes to know when its bytes are needed no more. */
function submissionItem(taken: TakenSubmission, openings: readonly TakenOpening[]): Item {
  const copies = openings.flatMap((opening) => opening.copies);
  return itemOf(KEYS.submission(taken.id), 'submission', taken, {
    bytesAt: copies.find(({ submission }) => submission)?.submission?.bytesAt,
    copies: copies.map(({ id }) => id),
    ...agingAttributes('submission', taken.id, new Date(taken.at)),
  });
}

const newRequestWrites = (
  { patientKey }: TakenSubmission,
  { request }: TakenOpening,
  { consents, requests }: VersionsRead,
): readonly Write[] => [
  { put: requestItem(request), when: [{ absent: true }] },
  { check: KEYS.consentHead(patientKey), when: atVersion(consents) },
  ...creationWrites(request, requests),
];
