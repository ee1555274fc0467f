import { auditTrail } from '../../../shared/adapters/audit/trail.ts';
import type { AuditItems } from '../../../shared/adapters/audit/audit-items.ts';
import type { Item } from '../../../shared/adapters/dynamo/table.ts';
import { verifyAudit } from '../../../shared/report/audit/verify.ts';
import type { Life } from './life.ts';

/** The audit is whole: every entry names the one before, and nothing lies there for which none vouches. */
export async function unchained({
  auditTable,
}: Pick<Life, 'auditTable'>): Promise<readonly string[]> {
  const trail = auditTrail(readable([...auditTable.items()]));
  const { findings } = await verifyAudit({ trail, pause: async () => undefined });
  return findings.map((finding) => `the audit: ${JSON.stringify(finding)}`);
}

function readable(items: readonly Item[]): AuditItems {
  const sorted = items.toSorted((one, other) => (one.sk < other.sk ? -1 : 1));
  const byKey = new Map(sorted.map((item) => [`${item.pk} ${item.sk}`, item]));
  return {
    async *partition(pk, { newestFirst = false } = {}) {
      const found = sorted.filter((item) => item.pk === pk);
      yield newestFirst ? found.toReversed() : found;
    },
    get: async (keys) => keys.flatMap(({ pk, sk }) => byKey.get(`${pk} ${sk}`) ?? []),
    async *all() {
      yield sorted;
    },
  };
}
