import { placeOfActivity } from '../../report/activity/log.ts';
import type { ActivityStore } from '../../report/activity/store.ts';
import { agingAttributes, ALL, KEYS } from './keys.ts';
import type { Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { queriedPage } from './table/page.ts';

/** A line lies under its time and its id, and never says anything else: so it is put without a condition. */
export const activityStore = (table: Table): ActivityStore => ({
  async keep(lines) {
    const puts = lines.map(({ patientKey, activity }) => ({
      put: itemOf(
        KEYS.activity(patientKey, activity),
        'activity',
        activity,
        agingAttributes('trace', activity.id, new Date(activity.at)),
      ),
    }));
    const once = [...new Map(puts.map((each) => [`${each.put.pk} ${each.put.sk}`, each])).values()];
    if (once.length > 0) await table.write(once);
  },

  page: (patient, paging) =>
    queriedPage(
      table,
      {
        in: ALL.activities(patient),
        read: (item) => bodyOf(item, 'activity'),
        placeOf: placeOfActivity,
      },
      paging,
    ),
});
