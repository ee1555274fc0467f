import { addressKeyOf, type DirectAddress } from '../ids.ts';
import { isRunning, isSending } from './running.ts';
import { addressOf } from './standing/address.ts';
import type { TransmitRequest } from './transmit-request.ts';

/** What the patient's requests say of a recipient. */
export type Standing =
  /** One of them asks for copies to go there. */
  | { readonly kind: 'asked'; readonly request: TransmitRequest }
  /** The patient stopped it, and has not asked again since; or it is paused. */
  | {
      readonly kind: 'stopped';
      readonly code: 'transmit-request/revoked' | 'transmit-request/paused';
    }
  | { readonly kind: 'silent' };

/**
 * Whether copies may go to a recipient on what the patient asked for. A standing request counts before one for a single
 * copy, which is left for what it was made for.
 *
 * @param requests all of the patient, newest first
 */
export function standingOf(
  address: DirectAddress,
  requests: readonly TransmitRequest[],
  now: Date,
): Standing {
  const key = addressKeyOf(address);
  const naming = requests.flatMap((request) => {
    const named = addressOf(request, key);
    return named === undefined ? [] : [{ request, named }];
  });
  const asking = naming
    .filter(({ request, named }) => isSending(request, now) && named.status === 'active')
    .map(({ request }) => request);
  const request = asking.find(({ frequency }) => frequency !== 'once') ?? asking[0];
  if (request) return { kind: 'asked', request };

  const isPaused = naming
    .filter(({ request: each }) => each.directive.basis === undefined && isRunning(each, now))
    .some(({ named }) => named.status !== 'revoked');
  if (isPaused) return { kind: 'stopped', code: 'transmit-request/paused' };
  const asked = latestOf(
    naming.flatMap(({ request: { directive, createdAt }, named }) =>
      directive.basis === undefined && named.status !== 'revoked'
        ? [named.addedAt ?? createdAt]
        : [],
    ),
  );
  const stopped = latestOf(
    naming.flatMap(({ request: { revokedAt }, named }) => named.revokedAt ?? revokedAt ?? []),
  );
  return stopped !== '' && stopped >= asked
    ? { kind: 'stopped', code: 'transmit-request/revoked' }
    : { kind: 'silent' };
}

/** The empty text when there is none: it is before all times. */
const latestOf = (times: readonly string[]): string => [...times].sort().at(-1) ?? '';
