import { type FailureCode, ruleOf } from './failures.ts';
import type { Language } from './language.ts';

/** What a code means, in one sentence that a patient may read. */
export const saysOf = (code: FailureCode, _language: Language): string => ruleOf(code).says;
