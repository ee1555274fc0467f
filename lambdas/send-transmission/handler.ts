import { keptDocuments } from '../../shared/deliver/kept-documents.ts';
import { send, type SendPorts } from '../../shared/deliver/send.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import type { FailureCode } from '../../shared/failures.ts';
import { parseTransmissionId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import { statusOf } from '../../shared/status/status.ts';

interface Given extends Omit<SendPorts, 'documents'> {
  readonly recordBytes: BytesStore;
  readonly log: Log;
}

/** Answers of somebody who was rung for nothing: it was done already, is being done, or is not due. */
const NOTHING_TO_DO: readonly FailureCode[] = [
  'transmission/ended',
  'transmission/leased',
  'transmission/handed-over',
  'transmission/not-due',
];

/** One ring in, one attempt at one copy. A ring for which there is nothing to do is answered by doing nothing. */
export function makeHandler(given: Given) {
  const { log, metrics, recordBytes } = given;
  const ports = { ...given, documents: keptDocuments(recordBytes) };
  return onQueue(async (body) => {
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
    if (said.status === 'uncertain') metrics.put('UncertainCopy', 1);
    log.info('attempted', { transmissionId, ...said });
  }, log);
}
