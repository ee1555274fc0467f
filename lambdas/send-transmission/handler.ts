import { send, type SendPorts } from '../../shared/deliver/send.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { parseTransmissionId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import { statusOf } from '../../shared/status/status.ts';

/** One ring in, one attempt at one copy. A ring for which there is nothing to do is answered by doing nothing. */
export const makeHandler = (ports: SendPorts & { readonly log: Log }) =>
  onQueue(async (body) => {
    const { log } = ports;
    const id = parseTransmissionId(body);
    if (!id.ok) return log.error('doorbell-ignored', { code: id.failure.code });
    const transmissionId = id.value;

    const sent = await send(transmissionId, ports);

    if (!sent.ok) return log.info('deferred', { transmissionId, code: sent.failure.code });
    log.info('accepted', { transmissionId, ...statusOf(sent.value.facts) });
  }, ports.log);
