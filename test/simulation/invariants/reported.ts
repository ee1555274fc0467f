import { reportOfFact, reportOfMilestone } from '../../../shared/report/report-of.ts';
import { bodyOf } from '../../../shared/adapters/dynamo/table/items.ts';
import type { Life } from './life.ts';
import { copiesOf } from './copies-of.ts';
import { audited, disclosedIn } from './told.ts';

/** All news is in the audit and on the bus, and every copy with health data that left stands among the disclosures. */
export function auditOf(life: Life): readonly string[] {
  const entered = new Set(audited(life).map(({ id }) => id));
  const published = new Set(life.witness.reports.map(({ report }) => report.id));
  const untold = newsIn(life).flatMap(({ id, type }) => [
    ...(entered.has(id) ? [] : [`${type} is not in the audit`]),
    ...(published.has(id) ? [] : [`${type} was not published`]),
  ]);
  const undelivered = newsIn(life).filter(({ id }) => !isDelivered(life, id));
  const disclosed = disclosedIn(life);
  const undisclosed = [...copiesOf(life.witness).keys()]
    .filter((id) => life.witness.transmissions.get(id)?.isProbe === undefined)
    .filter((id) => life.witness.transmissions.has(id) && !disclosed.has(id))
    .map((id) => `${id}: a copy left that the audit does not disclose`);
  return [
    ...untold,
    ...undelivered.map(({ type }) => `${type} was not brought to the webhook`),
    ...undisclosed,
  ];
}

/** To each webhook that was not given up after days; and what is said to have been delivered was heard. */
function isDelivered({ table, witness }: Life, report: string): boolean {
  const items = [...table.items()];
  const deliveries = items
    .filter(({ kind }) => kind === 'delivery')
    .map((item) => bodyOf(item, 'delivery'))
    .filter((delivery) => delivery.report.id === report);
  const isThere = items
    .filter(({ kind }) => kind === 'webhook')
    .map((item) => bodyOf(item, 'webhook'))
    .filter(({ status }) => status === 'active')
    .every(({ id }) => deliveries.some((each) => 'webhookId' in each && each.webhookId === id));
  const isTrue = deliveries.every(
    ({ status }) =>
      status !== 'delivered' || witness.messages.some((body) => body.includes(report)),
  );
  return isThere && isTrue;
}

function newsIn({ table, witness }: Life) {
  const facts = witness.facts.flatMap(({ id, fact }) => {
    const transmission = witness.transmissions.get(id);
    return (transmission && reportOfFact(fact, transmission)?.report) ?? [];
  });
  const milestones = [...table.items()]
    .filter(({ kind }) => kind === 'milestone')
    .map((item) => reportOfMilestone(bodyOf(item, 'milestone')).report);
  return [...facts, ...milestones];
}
