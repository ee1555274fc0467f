import { done, fail, type Outcome } from '../../outcome.ts';
import type { SensitiveSettings } from '../../settings.ts';
import { isSensitive } from '../sensitive.ts';
import type { CheckedPart } from './checked-parts.ts';

/** What of a submission goes out. */
export interface ChosenParts {
  readonly parts: readonly CheckedPart[];
  /** How many were left out because they are sensitive. */
  readonly excluded: number;
  /** Whether the recipient is to be told that the law may forbid to pass a document on. */
  readonly notice: boolean;
}

/**
 * The data holder's rules about sensitive documents, on those of a submission. Nobody can release one of these: what is
 * held is refused.
 *
 * @failure record/held, record/excluded when nothing is left
 */
export function chosenParts(
  all: readonly CheckedPart[],
  rules: SensitiveSettings,
): Outcome<ChosenParts> {
  const sensitive = all.filter(({ sensitivity }) => isSensitive(sensitivity, rules));
  if (sensitive.length > 0 && rules.mode === 'hold') return fail('record/held');
  const excluded = rules.mode === 'exclude' ? sensitive : [];
  const parts = all.filter((part) => !excluded.includes(part));
  if (parts.length === 0) return fail('record/excluded');
  const notice = rules.mode === 'send-with-notice' && sensitive.length > 0;
  return done({ parts, excluded: excluded.length, notice });
}
