import { setTimeout as sleep } from 'node:timers/promises';
import type { BringAnswer } from '../resource-answer.ts';
import { isLoopbackHost } from './loopback.ts';
import { exchange } from './outbound/exchange.ts';
import { readTarget, type Target } from './outbound/target.ts';

export interface BringAnswerOptions {
  /** Whether this machine itself may be told: a setting that production refuses. */
  readonly loopback: boolean;
  /** PEM certificates of authorities to believe instead of those that Node believes. */
  readonly authorities?: readonly string[];
  /** Before the second attempt and each further one. @default 500 and 1500 */
  readonly pausesMs?: readonly number[];
}

/** Where CloudFormation has its answers put: S3 of a region of AWS, or of its partition in China. */
const OF_AWS = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;

const CONNECT_MS = 2000;
const ATTEMPT_MS = 4000;
/**
 * Puts answers where CloudFormation waits for them, three times if it must be: nobody asks for one that was lost. The URL
 * came with an event: nothing is sent but to AWS by https, to the usual port, or to this machine where that is open. The
 * name is believed, since TLS proves it.
 */
export const bringAnswer =
  ({ loopback, authorities, pausesMs = [500, 1500] }: BringAnswerOptions): BringAnswer =>
  async (url, answer, within) => {
    const target = readTarget(url);
    if (!target || !mayBeTold(target, loopback)) {
      throw new Error('The ResponseURL is none of CloudFormation');
    }
    const body = Buffer.from(JSON.stringify(answer));
    for (const pause of [0, ...pausesMs]) {
      if (pause > 0) await sleep(pause, undefined, { signal: within });
      if ((await put(target, body, within, authorities)) === 200) return;
    }
    throw new Error('CloudFormation did not take the answer');
  };

const mayBeTold = ({ url, port, secure }: Target, loopback: boolean): boolean =>
  (secure && port === 443 && OF_AWS.test(url.hostname)) ||
  (loopback && isLoopbackHost(url.hostname));

/** @returns its status, or 0 when there was no answer */
function put(
  target: Target,
  body: Uint8Array,
  whole: AbortSignal,
  authorities: readonly string[] | undefined,
): Promise<number> {
  const within = AbortSignal.any([whole, AbortSignal.timeout(ATTEMPT_MS)]);
  // Signed without a type: with one S3 refuses it.
  const told = { method: 'PUT', headers: { 'content-type': '' }, body } as const;
  const options = { within, connectMs: CONNECT_MS, ...(authorities && { authorities }) };
  return exchange<number>(
    target,
    { address: target.url.hostname.replace(/^\[|\]$/g, '') },
    told,
    options,
    ({ statusCode = 0 }, finish) => finish(statusCode),
  ).then((reply) => (typeof reply === 'number' ? reply : 0));
}
