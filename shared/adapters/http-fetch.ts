import type { Fetch, FetchRequest, Fetched } from '../discover/fetch.ts';
import { exchange, failed } from './outbound/exchange.ts';
import { guardedAddress, type GuardOptions } from './outbound/guard.ts';
import { askingFor, objectUpTo, type Reply } from './outbound/object.ts';
import { takeTurns, type TakeTurn } from './outbound/take-turns.ts';
import { nextTarget, readTarget, type Target } from './outbound/target.ts';
import { parseResolvers } from './resolvers.ts';

export interface HttpFetchOptions extends GuardOptions {
  /** From the first packet to the end of TLS. @default 5000 */
  readonly connectMs?: number;
  /** For everything about one object: names, waiting in line, redirects, bytes. @default 15000 */
  readonly deadlineMs?: number;
  /** PEM certificates of authorities to believe instead of those that Node believes. */
  readonly authorities?: readonly string[];
}

/** So that nobody makes us a flood for somebody else, with certificates that all point there. */
const AT_ONCE_PER_ADDRESS = 4;

interface Asking {
  readonly options: HttpFetchOptions;
  readonly takeTurn: TakeTurn;
  readonly within: AbortSignal;
}

/**
 * Fetching from hosts that outsiders name: each URL, and each that a redirect leads to, goes through the guard, and the
 * connection to the address that it looked at. A request with a body or a token follows no redirect.
 *
 * @throws Error when the resolvers cannot be read, which is a wrong setting
 */
export function httpFetch(options: HttpFetchOptions): Fetch {
  parseResolvers(options.resolvers ?? 'system');
  const takeTurn = takeTurns(AT_ONCE_PER_ADDRESS);
  const deadlineMs = options.deadlineMs ?? 15_000;
  return async (request) => {
    const within = AbortSignal.any([request.within, AbortSignal.timeout(deadlineMs)]);
    const fetched = await follow(request, { options, takeTurn, within });
    const cutShort = fetched.kind === 'failed' && fetched.fault === 'unreachable' && within.aborted;
    return cutShort ? { ...fetched, fault: 'too-slow' } : fetched;
  };
}

async function follow(request: FetchRequest, asking: Asking): Promise<Fetched> {
  const mayMove = request.body === undefined && request.bearer === undefined;
  let redirects = mayMove ? (request.maxRedirects ?? 0) : 0;
  let target = readTarget(request.url);
  while (target) {
    const reply = await ask(target, request, asking);
    if (reply.kind !== 'moved') return reply;
    if (redirects-- <= 0) return failed('refused');
    target = nextTarget(target, reply.location);
  }
  return failed('blocked');
}

async function ask(target: Target, request: FetchRequest, asking: Asking): Promise<Reply> {
  const { options, takeTurn, within } = asking;
  const guarded = await guardedAddress(target.url.hostname, target.port, { ...options, within });
  if (guarded.kind !== 'allowed') return failed(guarded.kind);
  const { connectMs = 5000, authorities } = options;
  const connecting = { within, connectMs, ...(authorities && { authorities }) };
  const reply = await takeTurn(guarded.address, within, () =>
    exchange(target, guarded, askingFor(request), connecting, objectUpTo(request.maxBytes)),
  );
  return reply ?? failed('too-slow');
}
