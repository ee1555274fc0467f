import { addressKeyOf } from '../../../shared/ids.ts';
import type { Transmission } from '../../../shared/transmission/transmission.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { SeenTrigger, SeenWindow, Witness } from '../world/witness.ts';

/** Each reason to send is in one batch of each request that it concerns, and each batch became copies. */
export function triggered(witness: Witness): readonly string[] {
  return [unserved, unopened, unknown, unwelcomed, unresumed].flatMap((each) => each(witness));
}

/** Whoever was added to a request, and should get a copy at once, was a reason to send it. */
const unwelcomed = ({ requestChanges, triggers }: Witness): readonly string[] =>
  requestChanges
    .filter(({ after }) => after.status === 'active' && after.amendments?.at(-1)?.sendNow === true)
    .flatMap(({ after }) => {
      const added = Object.values(after.addresses).filter(
        ({ addedWith }) => addedWith === after.version,
      );
      return added
        .filter(({ addedAt }) =>
          triggers.every(
            ({ trigger }) => trigger.requestId !== after.id || trigger.occurredAt !== addedAt,
          ),
        )
        .map(({ addedWith }) => `${after.id}: nothing went to whom version ${addedWith} added`);
    });

/** A request for one copy that was not opened, and that somebody let go on, was a reason to send it. */
const unresumed = ({ requestChanges, triggers }: Witness): readonly string[] =>
  requestChanges
    .filter(({ after: { frequency, servedAt } }) => frequency === 'once' && servedAt === undefined)
    .filter(({ before, after }) => before?.status === 'paused' && after.status === 'active')
    .map(({ after }) => ({ id: after.id, at: after.resumptions?.at(-1)?.at }))
    .filter(({ id, at }) =>
      triggers.every(({ trigger }) => trigger.requestId !== id || trigger.occurredAt !== at),
    )
    .map(({ id, at }) => `${id}: it was let go on at ${at}, and is no reason to send its one copy`);

/** What the API took is kept. */
const unknown = ({ accepted, triggers }: Witness): readonly string[] =>
  accepted
    .filter((id) => !triggers.some(({ trigger }) => trigger.id === id))
    .map((id) => `${id}: it was accepted and is not kept`);

function unserved(witness: Witness): readonly string[] {
  return witness.triggers.flatMap((seen) =>
    [...witness.requests.keys()]
      .flatMap((id) => standingAt(witness, seen, id) ?? [])
      .filter((request) => isConcerned(seen, request))
      .filter((request) => batchesOf(witness, seen.trigger.id, request.id).size === 0)
      .map(({ id }) => `${seen.trigger.id}: it concerns ${id} and joined no window of it`),
  );
}

/** The request, if it was there, active and the same, from before the trigger came until it had joined. */
function standingAt(
  witness: Witness,
  { order, trigger }: SeenTrigger,
  id: string,
): TransmitRequest | undefined {
  const joined = witness.joined.get(trigger.id) ?? Infinity;
  const changes = witness.requestChanges.filter(({ after }) => after.id === id);
  const before = changes.findLast((each) => each.order < order)?.after;
  const meanwhile = changes.some((each) => each.order > order && each.order < joined);
  const isStanding = before?.status === 'active' && before.servedAt === undefined && !meanwhile;
  return isStanding ? before : undefined;
}

function isConcerned({ trigger, at }: SeenTrigger, request: TransmitRequest): boolean {
  if (trigger.cancels || trigger.patientKey !== request.patientKey) return false;
  if (isOver(request, at.getTime() + DAY_MS)) return false;
  if (trigger.requestId !== undefined) return trigger.requestId === request.id;
  const named = request.triggers?.includes(trigger.kind) ?? true;
  return request.frequency === 'on-update' && named && trigger.receivedAt >= request.createdAt;
}

const DAY_MS = 86_400_000;

/** Its end, or that of the authority it rests on. */
const isOver = ({ until, authorityEndsAt }: TransmitRequest, time: number): boolean =>
  [until, authorityEndsAt].some((end) => end !== undefined && Date.parse(end) <= time);

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

/**
 * A window that is gone became a copy for each address that was active, unless what was in it was called off. Who asked for
 * one copy has it from whichever of two windows closed first.
 */
const unopened = (witness: Witness): readonly string[] =>
  witness.windows
    .filter(({ isGone, isCalledOff }) => isGone && !isCalledOff)
    .flatMap((gone) => missing(witness, gone));

function missing(
  { transmissions }: Witness,
  { window, request, at }: SeenWindow,
): readonly string[] {
  if (request?.status !== 'active' || isOver(request, at.getTime())) return [];
  const isOfIt = (copy: Transmission): boolean =>
    request.frequency === 'once' ? copy.requestId === request.id : copy.batchId === window.batchId;
  const opened = [...transmissions.values()].filter(isOfIt);
  return Object.values(request.addresses)
    .filter(({ status }) => status === 'active')
    .filter(({ address }) => window.only?.includes(addressKeyOf(address)) ?? true)
    .filter(({ address }) => opened.every((each) => each.address !== address))
    .map(() => `${window.batchId}: its window closed, and not all of its copies were opened`);
}
