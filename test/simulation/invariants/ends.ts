import type { Life } from './life.ts';
import { factsById } from './copies-of.ts';
import { audited, heard, published, type Told } from './told.ts';
import type { Violation } from './violation.ts';

const ENDS = ['delivered', 'failed', 'stopped'];
const END_REPORTS = ENDS.map((end) => `transmission.${end}`);

/** A transmission ends once, and nobody is ever told of another end, or that it has not ended after all. */
export function ends(life: Life): readonly Violation[] {
  const { witness } = life;
  return [
    ...witness.altered.map((id) => broken(`${id}: a fact was changed or taken away`)),
    ...[...factsById(witness)]
      .filter(([, facts]) => facts.filter(({ fact }) => fact.kind === 'ended').length > 1)
      .map(([id]) => broken(`${id}: it has two ends`)),
    ...flipped(life),
    ...told('audit', audited(life)),
    ...told('bus', published(life)),
    ...told('webhook', heard(life)),
  ];
}

/** Lists and answers of the API: an end that was shown stays. */
function flipped({ witness }: Life): readonly Violation[] {
  return [...Map.groupBy(witness.statuses, ({ by, id }) => `${id}, by ${by}`)].flatMap(
    ([id, statuses]) => {
      const first = statuses.findIndex(({ status }) => ENDS.includes(status));
      const shown = new Set(statuses.slice(Math.max(0, first)).map(({ status }) => status));
      return first >= 0 && shown.size > 1
        ? [broken(`${id}: its end was shown as ${[...shown].join(', then ')}`)]
        : [];
    },
  );
}

/** Told again is the same report; another report is another end. */
function told(whom: string, reports: readonly Told[]): readonly Violation[] {
  const endings = reports.filter(({ type }) => END_REPORTS.includes(type));
  return [...Map.groupBy(endings, ({ transmissionId }) => transmissionId)]
    .filter(([, each]) => new Set(each.map(({ id, type }) => `${id} ${type}`)).size > 1)
    .map(([id]) => broken(`${id}: two ends were told to the ${whom}`));
}

const broken = (says: string): Violation => ({ broken: 'doubleEnds', says });
