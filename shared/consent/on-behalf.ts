import * as z from 'zod';
import { PERSONAL_NAME } from '../characters.ts';
import { later } from '../clock.ts';
import { done, fail, failAt, type Outcome } from '../outcome.ts';
import type { AuthoritySettings } from '../settings-authority.ts';
import type { Actor, Consent, OnBehalf } from './consent.ts';

/** How the patient agreed, as a provider sends it. */
export const OnBehalfBody = z.strictObject({
  method: z.enum(['oral', 'written', 'portal']),
  identityCheck: z.enum(['known', 'id-document', 'credential']),
  witness: z.string().max(200).regex(PERSONAL_NAME).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
});

export type OnBehalfBody = z.infer<typeof OnBehalfBody>;

/** The same as it is kept and hashed: in this order, with the time in UTC. */
export const understoodOnBehalf = (sent: OnBehalfBody): OnBehalf => ({
  method: sent.method,
  identityCheck: sent.identityCheck,
  ...(sent.witness === undefined ? {} : { witness: sent.witness }),
  ...(sent.at === undefined ? {} : { at: new Date(sent.at).toISOString() }),
});

const DAY_SECONDS = 86_400;
/** Clocks of others may be ahead of ours. */
const AHEAD_SECONDS = 300;

/** What a basis is judged by. */
export interface Judging {
  readonly actor: Actor;
  readonly settings: AuthoritySettings;
  readonly now: Date;
}

/**
 * The basis of what somebody says for a patient: a provider's is judged, everybody else has none. A patient or
 * representative says it in person: a claim to have been asked by somebody would be false evidence.
 *
 * @failure consent/basis-missing none, no witness of what was said, or said in the future or too long ago
 * @failure edge/malformed of somebody who is no provider
 */
export function basisOf(
  onBehalf: OnBehalf | undefined,
  { actor, settings, now }: Judging,
): Outcome<{ readonly onBehalf?: OnBehalf }> {
  if (actor.kind !== 'provider') return onBehalf === undefined ? done({}) : notOfProvider();
  if (onBehalf === undefined) return fail('consent/basis-missing');
  const { method, witness, at } = onBehalf;
  if (method === 'oral' && witness === undefined && settings.oralNeedsWitness) {
    return basisMissing('witness', 'required');
  }
  if (at !== undefined && Date.parse(at) > later(now, AHEAD_SECONDS).getTime()) {
    return basisMissing('at', 'in-the-future');
  }
  if (at !== undefined && Date.parse(at) < daysBefore(now, settings.saidWithinDays).getTime()) {
    return basisMissing('at', 'too-long-ago');
  }
  return done({ onBehalf });
}

/**
 * The basis of a request. A provider who recorded the patient's yes within a day need not say once more how it was said:
 * that was one conversation, and its evidence is the consent on which the request rests.
 *
 * @param consent on which it rests
 * @failure consent/basis-missing, edge/malformed
 */
export function basisOfRequest(
  onBehalf: OnBehalf | undefined,
  consent: Consent,
  judging: Judging,
): Outcome<{ readonly onBehalf?: OnBehalf }> {
  const { actor, now } = judging;
  const isOneTalk =
    actor.kind === 'provider' &&
    consent.onBehalf !== undefined &&
    consent.actor.subject === actor.subject &&
    Date.parse(consent.at) > daysBefore(now, 1).getTime();
  return onBehalf === undefined && isOneTalk ? done({}) : basisOf(onBehalf, judging);
}

const daysBefore = (now: Date, days: number): Date => later(now, -days * DAY_SECONDS);

const notOfProvider = () =>
  failAt('edge/malformed', [{ pointer: '/onBehalf', code: 'not-for-this-kind' }]);

const basisMissing = (field: 'witness' | 'at', code: string) =>
  failAt('consent/basis-missing', [{ pointer: `/onBehalf/${field}`, code }]);
