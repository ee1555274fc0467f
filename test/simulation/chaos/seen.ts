import type { Report } from '../../../shared/report/report.ts';
import type { Life } from '../invariants/life.ts';
import { Witness } from '../world/witness.ts';
import type { Tables } from './replay.ts';

/**
 * Puts together what was seen from outside with what was committed. The stream has commits in their order; beside copies
 * and answers, which have times only, facts stand by their own times: a fact is never committed before its time.
 *
 * @param outside saw copies leave, answers come and statuses shown
 */
export async function lifeOf(
  outside: Witness,
  tables: Tables,
  told: { readonly published: readonly unknown[]; readonly heard: readonly string[] },
): Promise<Life> {
  let order = 0;
  const witness = new Witness({ now: () => new Date(), count: () => (order += 1) });
  for (const { before, after } of await tables.commits()) witness.committed(before, after);
  for (const seen of witness.facts.splice(0)) {
    const at = new Date(seen.fact.at);
    witness.facts.push({ ...seen, at, order: at.getTime() + seen.fact.sequence / 1000 });
  }
  for (const seen of outside.copies)
    witness.copies.push({ ...seen, order: seen.at.getTime() + 0.5 });
  for (const seen of outside.stops) witness.stops.push({ ...seen, order: seen.at.getTime() });
  witness.statuses.push(...outside.statuses);
  witness.accepted.push(...outside.accepted);
  witness.published(told.published as readonly Report[]);
  for (const body of told.heard) witness.heard(body);
  const [main, audit] = [await tables.main(), await tables.audit()];
  return { witness, table: { items: () => main }, auditTable: { items: () => audit } };
}
