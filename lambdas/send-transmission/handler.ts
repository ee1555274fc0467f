import { keptDocuments } from '../../shared/deliver/kept-documents.ts';
import { send, type SendPorts } from '../../shared/deliver/send.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { parseTransmissionId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import { statusOf } from '../../shared/status/status.ts';

interface Given extends Omit<SendPorts, 'documents'> {
  readonly recordBytes: BytesStore;
  readonly log: Log;
}

/** One ring in, one attempt at one copy. A ring for which there is nothing to do is answered by doing nothing. */
export function makeHandler(given: Given) {
  const { log, recordBytes } = given;
  const ports = { ...given, documents: keptDocuments(recordBytes) };
  return onQueue(async (body) => {
    const id = parseTransmissionId(body);
    if (!id.ok) return log.error('doorbell-ignored', { code: id.failure.code });
    const transmissionId = id.value;

    const sent = await send(transmissionId, ports);

    const said = sent.ok ? statusOf(sent.value.facts) : { code: sent.failure.code };
    log.info('attempted', { transmissionId, ...said });
  }, log);
}
