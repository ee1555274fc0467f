import { done, fail } from '../../outcome.ts';
import type { AmendmentStore } from '../../trigger/amendment-store.ts';
import { atVersion } from './consent-head.ts';
import { dueAttributes, KEYS } from './keys.ts';
import type { Table } from './table.ts';
import { bodyOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';
import { changeWrites } from './transmit-requests.ts';
import { triggerItem } from './triggers.ts';

export const amendmentStore = (table: Table): AmendmentStore => ({
  amend: (patient, id, now, consentVersion, decide) =>
    optimistically(table, async () => {
      const item = await table.get(KEYS.request(patient, id));
      if (!item) return fail('transmit-request/unknown');
      const current = bodyOf(item, 'request');
      const decided = decide(current);
      if (!decided.ok) return decided;
      const { request, by, restsOnConsent, trigger: brought } = decided.value;
      if (request === current) return done(current);

      const { next, writes } = await changeWrites(table, current, request, now, by);
      const written = await table.write([
        ...writes,
        ...(brought
          ? [
              {
                put: triggerItem(brought.trigger, dueAttributes(brought.trigger.id, brought.dueAt)),
              },
            ]
          : []),
        ...(restsOnConsent
          ? [{ check: KEYS.consentHead(patient), when: atVersion(consentVersion) }]
          : []),
      ]);
      if (written.ok) return done(next);
      const consentCheck = writes.length + (brought ? 1 : 0);
      return restsOnConsent && written.failed.includes(consentCheck) ? 'consents-changed' : AGAIN;
    }),
});
