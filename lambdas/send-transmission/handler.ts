import { keptDocuments } from '../../shared/deliver/kept-documents.ts';
import { send, type SendPorts } from '../../shared/deliver/send.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import type { FailureCode } from '../../shared/failures.ts';
import { parseAnswerId, parseTransmissionId, type AnswerId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import { sendAnswer, type SendAnswerPorts } from '../../shared/notification/letter/send-answer.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import { handOverSeconds } from '../../shared/transmission/durations.ts';
import { statusOf } from '../../shared/status/status.ts';

interface Given extends Omit<SendPorts, 'documents'>, Pick<SendAnswerPorts, 'answers'> {
  readonly recordBytes: BytesStore;
  readonly log: Log;
}

/** Answers of somebody who was rung for nothing: it was done already, is being done, or is not due. */
const NOTHING_TO_DO: readonly FailureCode[] = [
  'transmission/ended',
  'transmission/leased',
  'transmission/handed-over',
  'transmission/not-due',
  'deliver/awaits-probe',
];

/**
 * One ring in, one attempt at one copy, or at the answer to a letter. A ring for which there is nothing to do is answered
 * by doing nothing.
 */
export function makeHandler(given: Given) {
  const { log, metrics, recordBytes } = given;
  const ports = { ...given, documents: keptDocuments(recordBytes) };
  return onQueue(async (body) => {
    const answerId = parseAnswerId(body);
    if (answerId.ok) return answer(answerId.value, given);
    const id = parseTransmissionId(body);
    if (!id.ok) return log.error('doorbell-ignored', { code: id.failure.code });
    const transmissionId = id.value;

    const sent = await send(transmissionId, ports);

    if (!sent.ok) {
      const { code } = sent.failure;
      if (NOTHING_TO_DO.includes(code)) metrics.put('DuplicateDoorbell', 1);
      return log.info('attempted', { transmissionId, code });
    }
    const said = statusOf(sent.value.facts);
    const afterSeconds = handOverSeconds(sent.value.facts);
    if (afterSeconds !== undefined) metrics.put('HandedOverInSeconds', afterSeconds);
    if (said.status === 'uncertain') metrics.put('UncertainCopy', 1);
    log.info('attempted', { transmissionId, ...said });
  }, log);
}

/** What waits goes back to the queue: nobody else rings for it again. */
async function answer(answerId: AnswerId, given: Given): Promise<void> {
  const { log } = given;
  const attempt = await sendAnswer(answerId, given);
  if (!attempt.ok) return log.info('answered-letter', { answerId, code: attempt.failure.code });
  const { status, code } = attempt.value;
  log.info('answered-letter', { answerId, status, ...(code && { code }) });
  if (status === 'waiting') throw new NotNow(code);
}

class NotNow extends Error {}
