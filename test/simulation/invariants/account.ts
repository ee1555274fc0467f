import { isFailureCode } from '../../../shared/failures.ts';
import { statusOf } from '../../../shared/status/status.ts';
import type { SeenCopy, SeenFact, SeenNotice, Witness } from '../world/witness.ts';
import { copiesOf, factsById } from './copies-of.ts';

/** Each copy as it stands at the end, against what was seen of it. */
export function accountOf(witness: Witness): readonly string[] {
  const facts = factsById(witness);
  const copies = copiesOf(witness);
  const ids = [...witness.transmissions.keys()];
  return ids.flatMap((id) =>
    [
      ...wrongEnd(facts.get(id) ?? [], copies.get(id) ?? []),
      ...wrongStatus(witness, id, facts.get(id) ?? []),
      ...unheard(witness, facts.get(id) ?? []),
    ].map((says) => `${id}: ${says}`),
  );
}

function wrongEnd(facts: readonly SeenFact[], copies: readonly SeenCopy[]): readonly string[] {
  const ended = facts.find(({ fact }) => fact.kind === 'ended')?.fact;
  if (ended?.kind !== 'ended') return ['it never ended'];
  if (ended.end === 'delivered') return copies.length > 0 ? [] : ['delivered, and nothing left'];
  if (!isFailureCode(ended.code)) return [`it ended without a code`];
  // A copy that has left may have arrived: no end may say that it was held back.
  return ended.end === 'stopped' && copies.length > 0 ? ['stopped, after it had left'] : [];
}

function wrongStatus(
  { statuses }: Witness,
  id: string,
  facts: readonly SeenFact[],
): readonly string[] {
  const told = statuses.findLast((each) => each.by === 'line' && each.id === id)?.status;
  const { status } = statusOf(facts.map(({ fact }) => fact));
  return told === status ? [] : [`it is ${status}, and its line says ${told}`];
}

/** Each authentic notice is a fact, in time or late; the same notice again is the same one. */
function unheard({ notices, deadMail }: Witness, facts: readonly SeenFact[]): readonly string[] {
  const hashes = facts.flatMap(({ fact }) => (fact.kind === 'intent' ? fact.messageSha256 : []));
  const kinds = facts.map(({ fact }) =>
    fact.kind === 'late-notice' ? `late ${fact.disposition}` : fact.kind,
  );
  const isHeard = ({ says }: SeenNotice): boolean =>
    [says === 'failed' ? 'recipient-failed' : says, `late ${says}`].some((each) =>
      kinds.includes(each),
    );
  return notices
    .filter(({ sha256, body }) => hashes.includes(sha256) && !deadMail().includes(body))
    .filter((notice) => !isHeard(notice))
    .map(({ says }) => `a notice ${says} came and is not on record`);
}
