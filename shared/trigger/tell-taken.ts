import { ruleOf } from '../failures.ts';
import type { Failure } from '../outcome.ts';
import type { TakenEvent } from './take-event.ts';

/** What who reported an event is told of it. */
export const accepted = ({ result, triggerId, requests, cancels }: TakenEvent): object => ({
  result,
  triggerId,
  requests,
  ...(requests === 0 && !cancels
    ? { sentence: 'No active request asks to send when this happens.' }
    : {}),
});

/** The same of one that was refused, while others of its list may have been taken. */
export const refused = ({ code, faults }: Failure): object => ({
  result: 'refused',
  code,
  sentence: ruleOf(code).says,
  ...(faults === undefined ? {} : { errors: faults }),
});
