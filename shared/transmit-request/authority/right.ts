import type { AuthorityEnd } from '../../consent/authority-end.ts';
import { authorityOf } from '../../consent/authority.ts';
import type { Actor, Consent, OnBehalf } from '../../consent/consent.ts';
import {
  basisOf,
  basisOfRequest,
  type OnBehalfBody,
  understoodOnBehalf,
} from '../../consent/on-behalf.ts';
import { done, type Outcome } from '../../outcome.ts';
import type { Patient } from '../../patient/patient.ts';
import type { AuthoritySettings } from '../../settings-authority.ts';
import type { TransmitRequest } from '../transmit-request.ts';

/** By what right somebody asks for a sharing, changes it or lets it go on: what is kept of it as evidence. */
export interface Right extends AuthorityEnd {
  readonly actor: Actor;
  /** Of a provider. */
  readonly onBehalf?: OnBehalf;
}

/** Who acts for whom, and what a provider says of how the patient asked for it. */
export interface Acting {
  readonly actor: Actor;
  readonly patient: Pick<Patient, 'birthDate'>;
  readonly onBehalf?: OnBehalfBody | undefined;
  readonly settings: AuthoritySettings;
  readonly now: Date;
}

/**
 * The right to ask for a sharing, or for more of one.
 *
 * @param consent on which it rests
 * @failure consent/authority-missing, consent/authority-ended, consent/basis-missing, edge/malformed
 */
export const rightToShare = (acting: Acting, consent: Consent): Outcome<Right> =>
  rightOf(acting, basisOfRequest(sent(acting), consent, acting));

/**
 * The right to let go on what was asked for. A provider need not say how the patient wants it, unless somebody's
 * authority ends on which it rested: then it is the patient's own word that is wanted.
 *
 * @failure consent/authority-missing, consent/authority-ended, consent/basis-missing, edge/malformed
 */
export const rightToGoOn = (
  acting: Acting,
  { authorityEndsAt }: TransmitRequest,
): Outcome<Right> =>
  authorityEndsAt === undefined
    ? rightToNarrow(acting)
    : rightOf(acting, basisOf(sent(acting), acting));

/**
 * The right to ask for no more than was asked for: a provider may say how the patient wants it, and need not.
 *
 * @failure consent/authority-missing, consent/authority-ended, edge/malformed, and of what is said consent/basis-missing
 */
export const rightToNarrow = (acting: Acting): Outcome<Right> =>
  rightOf(acting, acting.onBehalf === undefined ? done({}) : basisOf(sent(acting), acting));

function rightOf(
  { actor, patient, settings, now }: Acting,
  basis: Outcome<Pick<Right, 'onBehalf'>>,
): Outcome<Right> {
  const authority = authorityOf(actor, patient, settings, now);
  if (!authority.ok) return authority;
  return basis.ok ? done({ actor, ...authority.value, ...basis.value }) : basis;
}

const sent = ({ onBehalf }: Acting): OnBehalf | undefined =>
  onBehalf && understoodOnBehalf(onBehalf);

/**
 * The request as it stands on the right of whoever asked for it last, widened it or let it go on: it ends with that one's
 * authority, and with nobody else's any more.
 */
export function restingOn(request: TransmitRequest, { authorityEndsAt }: Right): TransmitRequest {
  const { authorityEndsAt: _, ...rest } = request;
  return authorityEndsAt === undefined ? rest : { ...rest, authorityEndsAt };
}
