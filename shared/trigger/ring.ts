import {
  parseRequestId,
  parseTriggerId,
  type PatientKey,
  type RequestId,
  type TriggerId,
} from '../ids.ts';
import { fail, done, type Outcome } from '../outcome.ts';

/** What the queue of `match-triggers` asks to be looked at. */
export type Ring =
  | { readonly kind: 'trigger'; readonly id: TriggerId }
  | { readonly kind: 'window'; readonly id: RequestId }
  | { readonly kind: 'request'; readonly id: RequestId; readonly patientKey: PatientKey };

/** As it travels: a trigger by its id, a window by its request's, a request behind the key of its patient. */
export const bodyOfRing = (ring: Ring): string =>
  ring.kind === 'request' ? `${ring.patientKey}/${ring.id}` : ring.id;

/** @failure trigger/unknown it asks for nothing that there could be */
export function parseRing(body: string): Outcome<Ring> {
  const [before = '', after, ...more] = body.split('/');
  if (more.length > 0) return fail('trigger/unknown');
  const request = parseRequestId(after ?? before);
  if (request.ok) {
    if (after === undefined) return done({ kind: 'window', id: request.value });
    return PATIENT_KEY.test(before)
      ? done({ kind: 'request', id: request.value, patientKey: before as PatientKey })
      : fail('trigger/unknown');
  }
  const trigger = parseTriggerId(body);
  return trigger.ok ? done({ kind: 'trigger', id: trigger.value }) : trigger;
}

const PATIENT_KEY = /^pat_[a-z2-7]{52}$/;
