import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { SeenTrigger, SeenWindow, Witness } from '../world/witness.ts';

/** Each reason to send is in one batch of each request that it concerns, and each batch became copies. */
export function triggered(witness: Witness): readonly string[] {
  return [...unserved(witness), ...unopened(witness), ...unknown(witness)];
}

/** What the API took is kept. */
const unknown = ({ accepted, triggers }: Witness): readonly string[] =>
  accepted
    .filter((id) => !triggers.some(({ trigger }) => trigger.id === id))
    .map((id) => `${id}: it was accepted and is not kept`);

function unserved(witness: Witness): readonly string[] {
  return witness.triggers.flatMap((seen) =>
    [...witness.requests.values()]
      .filter((request) => isStanding(witness, seen, request.id))
      .filter((request) => isConcerned(seen, request))
      .filter((request) => batchesOf(witness, seen.trigger.id, request.id).size === 0)
      .map(({ id }) => `${seen.trigger.id}: it concerns ${id} and joined no window of it`),
  );
}

/** Whether the request was there, active and as it is, from before the trigger came until it had joined. */
function isStanding(witness: Witness, { order, trigger }: SeenTrigger, id: string): boolean {
  const joined = witness.joined.get(trigger.id) ?? Infinity;
  const changes = witness.requestChanges.filter(({ after }) => after.id === id);
  const before = changes.findLast((each) => each.order < order)?.after;
  const meanwhile = changes.some((each) => each.order > order && each.order < joined);
  return before?.status === 'active' && before.servedAt === undefined && !meanwhile;
}

function isConcerned({ trigger, at }: SeenTrigger, request: TransmitRequest): boolean {
  if (trigger.cancels || trigger.patientKey !== request.patientKey) return false;
  if (request.until !== undefined && Date.parse(request.until) < at.getTime() + DAY_MS)
    return false;
  if (trigger.requestId !== undefined) return trigger.requestId === request.id;
  const named = request.triggers?.includes(trigger.kind) ?? true;
  return request.frequency === 'on-update' && named && trigger.receivedAt >= request.createdAt;
}

const DAY_MS = 86_400_000;

export const batchesOf = (
  { windows }: Witness,
  triggerId: string,
  requestId: string,
): ReadonlySet<string> =>
  new Set(
    windows
      .filter(({ window }) => window.requestId === requestId)
      .filter(({ window }) => window.triggers.some(({ id }) => id === triggerId))
      .map(({ window }) => window.batchId),
  );

/** A window that is gone became a copy for each address that was active, unless what was in it was called off. */
const unopened = (witness: Witness): readonly string[] =>
  witness.windows
    .filter(({ isGone, isCalledOff }) => isGone && !isCalledOff)
    .flatMap((gone) => missing(witness, gone));

function missing(
  { transmissions }: Witness,
  { window, request, at }: SeenWindow,
): readonly string[] {
  const isOver = request?.until !== undefined && Date.parse(request.until) <= at.getTime();
  if (request?.status !== 'active' || isOver) return [];
  const opened = [...transmissions.values()].filter(({ batchId }) => batchId === window.batchId);
  return Object.values(request.addresses)
    .filter(({ status }) => status === 'active')
    .filter(({ address }) => opened.every((each) => each.address !== address))
    .map(() => `${window.batchId}: its window closed, and not all of its copies were opened`);
}
