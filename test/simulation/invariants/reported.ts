import { reportOfFact, reportOfMilestone } from '../../../shared/report/report-of.ts';
import { bodyOf } from '../../../shared/adapters/dynamo/table/items.ts';
import type { World } from '../world/world.ts';
import { copiesOf } from './copies-of.ts';
import { audited, disclosedIn } from './told.ts';

/** All news is in the audit and on the bus, and every copy that left stands among the disclosures. */
export function auditOf(world: World): readonly string[] {
  const entered = new Set(audited(world).map(({ id }) => id));
  const published = new Set(world.witness.reports.map(({ report }) => report.id));
  const untold = newsIn(world).flatMap(({ id, type }) => [
    ...(entered.has(id) ? [] : [`${type} is not in the audit`]),
    ...(published.has(id) ? [] : [`${type} was not published`]),
  ]);
  const disclosed = disclosedIn(world);
  const undisclosed = [...copiesOf(world.witness).keys()]
    .filter((id) => world.witness.transmissions.has(id) && !disclosed.has(id))
    .map((id) => `${id}: a copy left that the audit does not disclose`);
  return [...untold, ...undisclosed];
}

function newsIn({ table, witness }: World) {
  const facts = witness.facts.flatMap(({ id, fact }) => {
    const transmission = witness.transmissions.get(id);
    return (transmission && reportOfFact(fact, transmission)?.report) ?? [];
  });
  const milestones = [...table.items()]
    .filter(({ kind }) => kind === 'milestone')
    .map((item) => reportOfMilestone(bodyOf(item, 'milestone')).report);
  return [...facts, ...milestones];
}
