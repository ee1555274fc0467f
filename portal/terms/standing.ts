import type { ConsentText, ConsentView } from '../api/views.ts';

/** The text of today, and what was said last to it or to an earlier one. */
export interface TermsOfToday {
  readonly text: ConsentText;
  readonly last: ConsentView | undefined;
}

/** Whether an earlier text was agreed to. */
export const hasChanged = ({ text, last }: TermsOfToday): boolean =>
  last?.decision === 'accepted' && last.text.version < text.version;

export type Signed = ConsentView & { readonly signatureName: string };

/**
 * The yes of the patient at the screen to this very text: there is nothing to ask. Whoever acts for a patient signs anew,
 * because the name on record may be somebody else's.
 *
 * @param isPatient who is at the screen
 */
export function signedBy({ text, last }: TermsOfToday, isPatient: boolean): Signed | undefined {
  const isOwn = isPatient && last?.actor.kind === 'patient';
  if (!isOwn || last.decision !== 'accepted' || last.text.sha256 !== text.sha256) return undefined;
  const { signatureName } = last;
  return signatureName === undefined ? undefined : { ...last, signatureName };
}
