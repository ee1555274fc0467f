import { send, type SendPorts } from '../../shared/deliver/send.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { parseTransmissionId } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import { statusOf } from '../../shared/status/status.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';

/** One ring in, one attempt at one copy. A ring for which there is nothing to do is answered by doing nothing. */
export function makeHandler(given: Omit<SendPorts, 'anchors'> & { readonly log: Log }) {
  const { log } = given;
  const ports = { ...given, anchors: anchorsOf(given.settings) };
  return onQueue(async (body) => {
    const id = parseTransmissionId(body);
    if (!id.ok) return log.error('doorbell-ignored', { code: id.failure.code });
    const transmissionId = id.value;

    const sent = await send(transmissionId, ports);

    const said = sent.ok ? statusOf(sent.value.facts) : { code: sent.failure.code };
    log.info('attempted', { transmissionId, ...said });
  }, log);
}
