import { keysOf } from '../../shared/edge/bucket-event.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import type { Log } from '../../shared/log.ts';
import type { Metrics } from '../../shared/metrics.ts';
import { acceptUpload, type AcceptUploadPorts } from '../../shared/trigger/accept-upload.ts';

export interface Given extends AcceptUploadPorts {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Documents that systems posted to the bucket, one object at a time, into the records of their patients. */
export const makeHandler = (ports: Given) =>
  onQueue(async (body) => {
    const faults: unknown[] = [];
    for (const key of keysOf(body)) await accept(key, ports).catch((error) => faults.push(error));
    // Only now: one that cannot be read must not keep those that came with it waiting.
    if (faults.length > 0) throw faults[0];
  }, ports.log);

async function accept(key: string, ports: Given): Promise<void> {
  const { kind, ...told } = await acceptUpload(key, ports);
  if (kind === 'unasked') ports.metrics.put('UploadUnasked', 1);
  ports.log.info(`upload-${kind}`, told);
}
