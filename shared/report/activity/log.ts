import type { ConsentStore } from '../../consent/store.ts';
import type { PatientKey } from '../../ids.ts';
import { type Page, pageOf, type Paging, placeOf } from '../../page.ts';
import type { RecordList } from '../../record/store.ts';
import type { Activity } from './activity.ts';
import { activityOfConsent, activityOfDocument } from './activity-of.ts';
import type { ActivityStore } from './store.ts';

export interface ActivityPorts {
  readonly activities: Pick<ActivityStore, 'page'>;
  readonly consents: Pick<ConsentStore, 'list'>;
  readonly records: Pick<RecordList, 'list'>;
}

/** Where a line stands in the log. */
export const placeOfActivity = ({ at, id }: Activity): string => placeOf(at, id);

/**
 * A page of a patient's log: what was told of requests and copies, and in between the answers to consent texts and the
 * documents that were let go, which are read off themselves.
 */
export async function activityPage(
  patient: PatientKey,
  paging: Paging,
  { activities, consents, records }: ActivityPorts,
): Promise<Page<Activity>> {
  const { limit, after } = paging;
  const [told, answers, documents] = await Promise.all([
    // One more than is asked for tells whether there are more.
    activities.page(patient, { ...paging, limit: limit + 1 }),
    consents.list(patient),
    records.list(patient),
  ]);
  const others = [
    ...answers.map(activityOfConsent),
    ...documents.flatMap((each) => activityOfDocument(each) ?? []),
  ].filter((each) => after === undefined || placeOfActivity(each) < after);
  const all = [...told.items, ...others].sort((one, other) =>
    placeOfActivity(one) < placeOfActivity(other) ? 1 : -1,
  );
  return pageOf(all, placeOfActivity, paging);
}
