import { ruleOf, type FailureCode } from '../failures.ts';
import type { Language } from '../language.ts';
import { saysOf } from '../says-of.ts';
import type { Fact } from '../transmission/facts.ts';
import { ENGLISH, type Sentences } from './sentences-en.ts';
import { SPANISH } from './sentences-es.ts';

const SENTENCES: Readonly<Record<Language, Sentences>> = { en: ENGLISH, es: SPANISH };

/**
 * What a fact means, in one sentence that a patient may read. Names no address: the reader knows which copy it is.
 *
 * @param among all facts of its copy
 */
export function sentenceOf(fact: Fact, language: Language, among: readonly Fact[] = []): string {
  const words = SENTENCES[language];
  switch (fact.kind) {
    case 'requested':
      return `${words.requested}${fact.recordOlderThanEvent ? words.recordOlder : ''}`;
    case 'deferred':
      return `${saysOf(fact.code, language)}${words.anotherAttempt}`;
    case 'intent':
      return aboutToLeave(fact, words);
    case 'accepted':
      return wentToHisp(among, fact.attempt) ? words.handedToHisp : words.handedToRelay;
    case 'resolved':
      return fact.as === 'sent' ? words.foundSent : words.foundNotSent;
    case 'relayed':
      return words[fact.what === 'taken' && wentToHisp(among) ? 'takenByHisp' : fact.what];
    case 'bounced':
      return saysOf(fact.code, language);
    case 'dispatched':
      return fact.final ? words.dispatched : words.passedOn;
    case 'recipient-failed':
      return words.recipientFailed;
    case 'late-notice':
      return words.lateNotice;
    case 'ended':
      return fact.end === 'delivered' ? words.endedDelivered : reasonOf(fact.code, language);
    case 'reached':
    case 'halted':
    case 'continued':
    case 'uncertain':
    case 'hastened':
    case 'confirmed':
    case 'processed':
      return words[fact.kind];
  }
}

/** @param attempt absent: any of them */
const wentToHisp = (facts: readonly Fact[], attempt?: number): boolean =>
  facts.some(
    (fact) =>
      fact.kind === 'intent' &&
      fact.hisp !== undefined &&
      (attempt === undefined || fact.attempt === attempt),
  );

/** What might have succeeded at another attempt ended because there was no time for one. */
const reasonOf = (code: FailureCode, language: Language): string =>
  `${saysOf(code, language)}${ruleOf(code).retry ? SENTENCES[language].noMoreTime : ''}`;

function aboutToLeave(fact: Extract<Fact, { kind: 'intent' }>, words: Sentences): string {
  const { hisp, revocation, excluded = 0 } = fact;
  const doubt = hisp === undefined && revocation === 'unknown' ? words.revocationUnknown : '';
  const omission = excluded === 0 ? '' : words.leftOut(excluded);
  return `${hisp ? words.aboutToLeaveByHisp : words.aboutToLeave}${doubt}${omission}`;
}
