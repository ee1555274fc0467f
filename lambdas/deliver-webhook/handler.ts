import { onQueue } from '../../shared/edge/queue.ts';
import type { FailureCode } from '../../shared/failures.ts';
import { parseDeliveryId } from '../../shared/ids.ts';
import { deliver, type DeliverPorts } from '../../shared/report/delivery/deliver.ts';

/** Of which the attempt itself has told. */
const UNTAKEN: readonly FailureCode[] = ['report/webhook-failed', 'report/submitter-failed'];

/**
 * One ring in, one attempt to tell one webhook, or one who sent by XDR, one thing. A ring for which there is nothing to do
 * does nothing.
 */
export const makeHandler = (ports: DeliverPorts) =>
  onQueue(async (body) => {
    const { log } = ports;
    const id = parseDeliveryId(body);
    if (!id.ok) return log.error('doorbell-ignored', { code: id.failure.code });
    const delivered = await deliver(id.value, ports);
    const isIgnored = !delivered.ok && !UNTAKEN.includes(delivered.failure.code);
    if (isIgnored) {
      log.error('doorbell-ignored', { deliveryId: id.value, code: delivered.failure.code });
    }
  }, ports.log);
