import { type ConsentId, type PatientId, type PatientKey, type Sha256, sha256 } from '../ids.ts';
import { done, fail, failAt, type Outcome } from '../outcome.ts';
import type { Actor, Consent, ConsentText, OnBehalf } from './consent.ts';
import { currentText, textOf } from './texts.ts';

/** What the patient, or a provider for the patient, says to a text that was shown. */
export interface Said {
  readonly decision: Consent['decision'];
  readonly text: { readonly language: string; readonly version: string; readonly sha256: string };
  readonly onBehalf?: OnBehalf | undefined;
  readonly signatureName?: string | undefined;
}

/** Who says it, for whom, and under which id it is kept. */
export interface Saying {
  readonly id: ConsentId;
  readonly patient: { readonly id: PatientId; readonly key: PatientKey };
  readonly actor: Actor;
  readonly now: Date;
}

/**
 * Makes the consent that is kept for audit. Accepting and rejecting ask for the same: the current text, as published,
 * and from a provider how the patient agreed and how the identity was checked.
 *
 * @failure consent/unknown-text, consent/outdated-text, consent/text-mismatch, consent/basis-missing, edge/malformed
 */
export function answerOf(
  said: Said,
  { id, patient, actor, now }: Saying,
  texts: readonly ConsentText[],
): Outcome<Consent> {
  const shown = shownText(said.text, texts);
  if (!shown.ok) return shown;
  const basis = basisOf(said, actor);
  if (!basis.ok) return basis;
  return done({
    id,
    patientId: patient.id,
    patientKey: patient.key,
    decision: said.decision,
    text: shown.value,
    actor,
    ...basis.value,
    ...(said.signatureName === undefined ? {} : { signatureName: said.signatureName }),
    at: now.toISOString(),
  });
}

function shownText(
  { language, version, sha256: hash }: Said['text'],
  texts: readonly ConsentText[],
): Outcome<Consent['text']> {
  const text = textOf(texts, language, version);
  if (!text.ok) return text;
  const current = currentText(texts, language);
  if (current.ok && current.value.version !== version) return fail('consent/outdated-text');
  return hash.toLowerCase() === text.value.sha256
    ? done({ language, version, sha256: text.value.sha256 })
    : fail('consent/text-mismatch');
}

/** A patient or representative answers in person: a claim to have been asked by somebody would be false evidence. */
function basisOf({ onBehalf }: Said, actor: Actor): Outcome<{ readonly onBehalf?: OnBehalf }> {
  if (actor.kind === 'provider') {
    return onBehalf === undefined ? fail('consent/basis-missing') : done({ onBehalf });
  }
  return onBehalf === undefined
    ? done({})
    : failAt('edge/malformed', [{ pointer: '/onBehalf', code: 'not-for-this-kind' }]);
}

/** Whether what is kept under the same key says what is said now: everything but the time. */
export const sameAnswer = (kept: Consent, said: Said, actor: Actor): boolean =>
  contentOf(kept) === contentOf({ ...said, actor });

const contentOf = (each: Said & { readonly actor: Actor }): Sha256 =>
  sha256(
    JSON.stringify([
      each.decision,
      each.text.language,
      each.text.version,
      each.text.sha256.toLowerCase(),
      each.onBehalf?.method ?? '',
      each.onBehalf?.identityCheck ?? '',
      each.signatureName ?? '',
      each.actor.kind,
      each.actor.subject,
    ]),
  );
