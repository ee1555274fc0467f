import type { Fetch } from '../../discover/fetch.ts';
import type { DirectAddress } from '../../ids.ts';
import { fail, type Outcome } from '../../outcome.ts';
import type { OpenedMessage } from '../../secure/open.ts';
import type { Trusted } from '../../trust/trust.ts';
import { trustedSigner, type ReceivePorts } from '../receive.ts';
import type { AnswerCounter } from './answer.ts';

export interface AuthorPorts extends Omit<ReceivePorts, 'keys' | 'ledger'> {
  readonly answerCounter: AnswerCounter;
}

/**
 * Letters of one day, UTC, for which hosts are asked that their own certificates name. Each may keep us waiting, and whoever
 * hears letters hears notices too, which have deadlines.
 */
export const ASKED_A_DAY = 500;

const ASK_NOBODY: Fetch = async () => ({ kind: 'failed', fault: 'unreachable' });

/**
 * Whether somebody who is trusted wrote a letter. Anybody can write one: hosts are asked about its issuer only so often a
 * day, and about revocation only once an anchor is reached.
 *
 * @failure trust/*, notification/too-many-letters
 */
export async function trustedAuthor(
  letter: OpenedMessage,
  from: DirectAddress,
  ports: AuthorPorts,
): Promise<Outcome<Trusted>> {
  const unasked = await trustedSigner(letter, from, { ...ports, fetch: ASK_NOBODY });
  if (unasked.ok) return unasked;
  const { code } = unasked.failure;
  if (code === 'trust/issuer-unreachable') {
    return (await ports.answerCounter.count('strangers', ports.now(), ASKED_A_DAY))
      ? trustedSigner(letter, from, ports)
      : fail('notification/too-many-letters');
  }
  return code === 'trust/revocation-unknown' ? trustedSigner(letter, from, ports) : unasked;
}
