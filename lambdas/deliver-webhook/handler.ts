import { onQueue } from '../../shared/edge/queue.ts';
import { parseDeliveryId } from '../../shared/ids.ts';
import { deliver, type DeliverPorts } from '../../shared/report/webhook/deliver.ts';

/** One ring in, one attempt to tell one webhook one thing. A ring for which there is nothing to do does nothing. */
export const makeHandler = (ports: DeliverPorts) =>
  onQueue(async (body) => {
    const { log } = ports;
    const id = parseDeliveryId(body);
    if (!id.ok) return log.error('doorbell-ignored', { code: id.failure.code });
    const delivered = await deliver(id.value, ports);
    const isIgnored = !delivered.ok && delivered.failure.code !== 'report/webhook-failed';
    if (isIgnored) {
      log.error('doorbell-ignored', { deliveryId: id.value, code: delivered.failure.code });
    }
  }, ports.log);
