import type { Copy, Request } from '../api/views.ts';
import { isOver } from '../copies/plan.ts';

/** One address to which copies of the record go, or would if they were not paused. */
export interface Entry {
  readonly request: Request;
  readonly address: string;
  readonly paused?: Request['paused'];
  /** The last one for which it was asked here. */
  readonly copy?: Copy | undefined;
}

export interface Listed {
  readonly running: readonly Entry[];
  /** The last copy to each address to which none goes any more by that request. */
  readonly before: readonly Copy[];
}

/**
 * What goes where, and where something went before.
 *
 * @param copies newest first
 */
export function listed(
  requests: readonly Request[],
  copies: readonly Copy[],
  nowMs: number,
): Listed {
  const real = copies.filter(({ isProbe }) => !isProbe);
  const running = requests
    .filter(({ status, until }) => status !== 'revoked' && !(until && Date.parse(until) < nowMs))
    .flatMap((request) => entriesOf(request, real));
  const before = real.filter((copy) => !running.some((entry) => isOf(copy, entry)));
  return {
    running,
    before: before.filter(
      ({ address }, at) => before.findIndex((copy) => isSame(copy.address, address)) === at,
    ),
  };
}

/** There is nothing to stop where one copy was asked for, and its end is known or so long ago that it is not listed. */
const entriesOf = (request: Request, copies: readonly Copy[]): readonly Entry[] =>
  request.addresses
    .filter(({ status }) => status !== 'revoked')
    .map(({ address, paused = request.paused }) => ({
      request,
      address,
      paused,
      copy: copies.find((copy) => isOf(copy, { request, address })),
    }))
    .filter(({ copy }) => !request.servedAt || (copy && !isOver(copy)));

const isOf = ({ requestId, address }: Copy, entry: Pick<Entry, 'request' | 'address'>): boolean =>
  requestId === entry.request.id && isSame(address, entry.address);

/** Upper and lower case are one mailbox to the API. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
