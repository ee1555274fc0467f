import type { Door } from '../../../door.ts';
import type { FailureCode } from '../../../failures.ts';
import { callerOf } from '../../identity/caller.ts';
import { type Route, routeKeyOf } from '../../identity/access.ts';
import type { Principal } from '../../identity/principal.ts';

const MINUTE_SECONDS = 60;

/** Whether a call is one too many, and what its answer says of how many are left. */
export interface Quota {
  readonly refused?: FailureCode;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Counts a call against what its caller may take in this minute. When nobody can count, the call is let through: the
 * throttles of the gateway stand before it, and an API that stops with its counter would stop revocations too.
 *
 * @see draft-ietf-httpapi-ratelimit-headers, RateLimit and RateLimit-Policy
 */
export async function counted(
  principal: Principal,
  route: Route,
  { counter, limits, now }: Door,
): Promise<Quota> {
  const own = limits.routes[routeKeyOf(route)];
  const most = own ?? limits.requestsPerMinute[principal.kind];
  const isApart = own !== undefined || route.stops === true;
  const what = isApart ? routeKeyOf(route) : 'calls';
  const seconds = Math.floor(now().getTime() / 1000);
  const minute = Math.floor(seconds / MINUTE_SECONDS);
  const count = await counter.count(callerOf(principal), what, minute, most);
  if (count === 'unknown') return { headers: {} };

  const policy = isApart ? 'route' : 'calls';
  const restSeconds = MINUTE_SECONDS - (seconds % MINUTE_SECONDS);
  const left = count === 'too-many' ? 0 : most - count;
  const headers = {
    'ratelimit-policy': `"${policy}";q=${most};w=${MINUTE_SECONDS}`,
    ratelimit: `"${policy}";r=${left};t=${restSeconds}`,
  };
  if (count !== 'too-many') return { headers };
  return {
    refused: 'edge/too-many-requests',
    headers: { ...headers, 'retry-after': String(restSeconds) },
  };
}
