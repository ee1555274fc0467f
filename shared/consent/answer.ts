import { type ConsentId, type Sha256, sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import type { AuthoritySettings } from '../settings-authority.ts';
import { authorityOf } from './authority.ts';
import type { Actor, Consent, ConsentText } from './consent.ts';
import { basisOf, type OnBehalfBody, understoodOnBehalf } from './on-behalf.ts';
import { currentText, textOf } from './texts.ts';

/** What the patient, or a provider for the patient, says to a text that was shown. */
export interface Said {
  readonly decision: Consent['decision'];
  readonly text: { readonly language: string; readonly version: string; readonly sha256: string };
  readonly onBehalf?: OnBehalfBody | undefined;
  readonly signatureName?: string | undefined;
}

/** Who says it, for whom, and under which id it is kept. */
export interface Saying {
  readonly id: ConsentId;
  readonly patient: Pick<Patient, 'id' | 'key' | 'birthDate'>;
  readonly actor: Actor;
  readonly settings: AuthoritySettings;
  readonly now: Date;
}

/**
 * Makes the consent that is kept for audit. Accepting and rejecting ask for the same: the current text, as published,
 * and from a provider how the patient agreed and how the identity was checked. Whoever withdraws names the text that
 * was accepted, of whatever version.
 *
 * @failure consent/unknown-text, consent/outdated-text, consent/text-mismatch, consent/authority-missing,
 *   consent/authority-ended, consent/basis-missing, edge/malformed
 */
export function answerOf(
  said: Said,
  { id, patient, actor, settings, now }: Saying,
  texts: readonly ConsentText[],
): Outcome<Consent> {
  const authority = authorityOf(actor, patient, settings, now);
  if (!authority.ok) return authority;
  const shown = shownText(said, texts);
  if (!shown.ok) return shown;
  const onBehalf = said.onBehalf && understoodOnBehalf(said.onBehalf);
  const basis = basisOf(onBehalf, { actor, settings, now });
  if (!basis.ok) return basis;
  return done({
    id,
    patientId: patient.id,
    patientKey: patient.key,
    decision: said.decision,
    text: shown.value,
    actor,
    ...authority.value,
    ...basis.value,
    ...(said.signatureName === undefined ? {} : { signatureName: said.signatureName }),
    at: now.toISOString(),
  });
}

function shownText(
  { decision, text: { language, version, sha256: hash } }: Said,
  texts: readonly ConsentText[],
): Outcome<Consent['text']> {
  const text = textOf(texts, language, version);
  if (!text.ok) return text;
  const current = currentText(texts, language);
  const isCurrent = !current.ok || current.value.version === version;
  if (!isCurrent && decision !== 'withdrawn') return fail('consent/outdated-text');
  return hash.toLowerCase() === text.value.sha256
    ? done({ language, version, sha256: text.value.sha256 })
    : fail('consent/text-mismatch');
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
      each.onBehalf ? understoodOnBehalf(each.onBehalf) : '',
      each.signatureName ?? '',
      each.actor.kind,
      each.actor.subject,
    ]),
  );
