import type { CallKeys, KeyLease } from '../../../door.ts';
import { sha256 } from '../../../ids.ts';
import { fail, type Outcome } from '../../../outcome.ts';
import { callerOf } from '../../identity/caller.ts';
import { type Route, routeKeyOf } from '../../identity/access.ts';
import type { Action, Answer, Call, KeyedCall } from '../call.ts';
import { idempotencyKeyOf } from '../idempotency-key.ts';
import { fingerprintOf } from './fingerprint.ts';

/** What came of a call, and headers that its answer has whatever came of it. */
export interface Entered {
  readonly outcome: Outcome<Answer>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Runs an action under the key of its call. Of several calls with one key, one runs at a time. A repeat runs the action
 * again, which finds by its computed id what the first call left: so no answer needs to be kept, and a first call that
 * died half way is finished by the second. A call that was refused changed nothing, and leaves its key free: who corrects
 * it need not choose another. So does one that failed on our side, and has ended. While nobody can tell what is known of a key the action runs too, since it finds again what
 * is there, and tells itself when that is something else.
 *
 * @failure edge/key-missing, edge/malformed
 * @failure edge/key-in-progress, edge/key-reused
 */
export async function keyed(
  call: Call,
  route: Route,
  action: Action<KeyedCall>,
  keys: CallKeys,
): Promise<Entered> {
  const key = idempotencyKeyOf(call);
  if (!key.ok) return { outcome: key, headers: {} };
  const found = await keys.take({
    key: sha256(JSON.stringify([callerOf(call.principal), routeKeyOf(route), key.value])),
    fingerprint: fingerprintOf(route, call),
  });
  const run = (isRepeat: boolean) => action({ ...call, idempotencyKey: key.value, isRepeat });
  switch (found.kind) {
    case 'reused':
      return { outcome: fail('edge/key-reused'), headers: {} };
    case 'in-progress':
      return {
        outcome: fail('edge/key-in-progress'),
        headers: { 'retry-after': String(found.forSeconds) },
      };
    case 'repeated':
      return { outcome: asReplayed(await run(true)), headers: {} };
    case 'unknown':
      return { outcome: await run(false), headers: {} };
    case 'taken':
      return { outcome: await settled(() => run(false), found.lease, keys), headers: {} };
  }
}

async function settled(
  run: () => Promise<Outcome<Answer>>,
  lease: KeyLease,
  keys: CallKeys,
): Promise<Outcome<Answer>> {
  try {
    const outcome = await run();
    await (outcome.ok ? keys.keep(lease) : keys.release(lease));
    return outcome;
  } catch (error) {
    await keys.release(lease);
    throw error;
  }
}

const asReplayed = (outcome: Outcome<Answer>): Outcome<Answer> =>
  outcome.ok ? { ok: true, value: { ...outcome.value, replayed: true } } : outcome;
