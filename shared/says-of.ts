import { SAYS_IN_SPANISH } from './failures-es.ts';
import { type FailureCode, ruleOf } from './failures.ts';
import type { Language } from './language.ts';

/** What a code means, in one sentence that a patient may read. */
export const saysOf = (code: FailureCode, language: Language): string =>
  language === 'es' ? SAYS_IN_SPANISH[code] : ruleOf(code).says;
