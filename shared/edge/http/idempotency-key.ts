import { done, fail, failAt, type Outcome } from '../../outcome.ts';
import type { PublicCall } from './call.ts';

/** Printable ASCII without the quote and the backslash, so that no escapes need reading. */
const KEY = /^[\x20\x21\x23-\x5b\x5d-\x7e]{1,255}$/;

/** Tells a client that it sees what its first call left. */
export const REPLAYED = { 'idempotency-replayed': 'true' } as const;

/**
 * Reads the Idempotency-Key header, bare or as the quoted string that the IETF draft writes.
 *
 * @failure edge/key-missing, edge/malformed
 */
export function idempotencyKeyOf(call: PublicCall): Outcome<string> {
  const header = call.headers['idempotency-key']?.trim() ?? '';
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (key === '') return fail('edge/key-missing');
  return KEY.test(key)
    ? done(key)
    : failAt('edge/malformed', [{ pointer: '', code: 'bad-idempotency-key' }]);
}
