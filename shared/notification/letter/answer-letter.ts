import { later, type Now } from '../../clock.ts';
import {
  addressKeyOf,
  answerIdOf,
  domainOf,
  sha256,
  type AnswerId,
  type MessageId,
} from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Settings } from '../../settings.ts';
import type { AnswerCounter, AnswerKind, AnswerStore } from './answer.ts';
import type { Letter } from './letter.ts';

export interface AnswerLetterPorts {
  readonly answers: AnswerStore;
  readonly answerCounter: AnswerCounter;
  readonly settings: Pick<Settings, 'letters'>;
  readonly now: Now;
}

/** Letters that are answered in one day, UTC. Under a certificate for a domain one may write as anybody in it. */
export const LETTERS_A_DAY = { address: 10, domain: 200 } as const;

/** Who waits for an answer has given up long before. */
const ANSWERED_WITHIN_SECONDS = 86_400;

const KINDS: Readonly<Record<Settings['letters']['answer'], readonly AnswerKind[]>> = {
  none: [],
  processed: ['processed'],
  'processed-and-failed': ['processed', 'failed'],
};

/**
 * Writes down what a letter shall be answered with, each answer once, however often the letter comes. They go to its
 * author and to nobody else, whatever its header asks for: RFC 8098 section 2.1 has no program decide about that.
 *
 * @failure notification/loop, /no-message-id, /unauthenticated, /too-many-letters: it is not answered
 */
export async function answerLetter(
  letter: Letter,
  ports: AnswerLetterPorts,
): Promise<Outcome<readonly AnswerId[]>> {
  const kinds = KINDS[ports.settings.letters.answer];
  const { answerable } = letter;
  if (!answerable.ok) return answerable;
  if (kinds.length === 0) return done([]);
  if (!(await isWithinLimits(letter, ports))) return fail('notification/too-many-letters');
  const answers = kinds.map((kind) => answerOf(letter, answerable.value, kind, ports.now()));
  for (const answer of answers) await ports.answers.add(answer);
  return done(answers.map(({ id }) => id));
}

/** A letter that comes again is counted again. */
async function isWithinLimits(
  { from }: Letter,
  { answerCounter, now }: AnswerLetterPorts,
): Promise<boolean> {
  const day = now();
  const { address, domain } = LETTERS_A_DAY;
  return (
    (await answerCounter.count(addressKeyOf(from), day, address)) &&
    (await answerCounter.count(sha256(domainOf(from)).slice(0, 32), day, domain))
  );
}

const answerOf = (
  { digest, from, to }: Letter,
  originalMessageId: MessageId,
  kind: AnswerKind,
  now: Date,
) =>
  ({
    id: answerIdOf(digest, kind),
    kind,
    from: to,
    to: from,
    originalMessageId,
    createdAt: now.toISOString(),
    expiresAt: later(now, ANSWERED_WITHIN_SECONDS).toISOString(),
    status: 'waiting',
    attempts: 0,
    version: 1,
  }) as const;
