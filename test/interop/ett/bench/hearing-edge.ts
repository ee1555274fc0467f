import { makeHandler as deliver } from '../../../../lambdas/deliver-webhook/handler.ts';
import { makeHandler as report } from '../../../../lambdas/report/handler.ts';
import { activityStore } from '../../../../shared/adapters/dynamo/activities.ts';
import { deliveryStore } from '../../../../shared/adapters/dynamo/deliveries.ts';
import { happeningIn } from '../../../../shared/adapters/dynamo/stream-image.ts';
import { SYSTEM } from '../../../lambdas/http-world.ts';
import { memoryAudit } from '../../../support/memory/audit.ts';
import { memoryBus } from '../../../support/memory/bus.ts';
import { memoryDoorbell } from '../../../support/memory/doorbell.ts';
import { memorySubmitters } from '../../../support/memory/submitters.ts';
import type { Change } from '../../../support/memory/table.ts';
import type { WholePath } from '../../../support/whole-path.ts';
import { toldOf } from '../../xdr/told-request.ts';

/** An edge that sent by XDR and wants to be told by XDR. Listens from when it is made. */
export function hearingEdge(path: WholePath) {
  const inserted: Change[] = [];
  path.table.onChange((change) => {
    if (change.eventName === 'INSERT') inserted.push(change);
  });
  const submitters = memorySubmitters({ [SYSTEM.subject]: 'https://edge.example/xdr' });
  const ports = {
    ...path.ports,
    ...submitters,
    settings: { ...path.settings, ...submitters.settings },
    activities: activityStore(path.table),
    deliveries: deliveryStore(path.table),
    audit: memoryAudit(),
    bus: memoryBus(),
    bell: memoryDoorbell([]),
    post: path.receivers.post,
    happeningIn,
  };
  const [reporting, delivering] = [report(ports), deliver(ports)];
  const ofKinds = (...kinds: readonly string[]): readonly Change[] =>
    inserted.filter(({ newImage }) => kinds.includes(newImage?.['kind']?.S ?? ''));

  /** What it has been told so far, each in a line. */
  return async (): Promise<readonly string[]> => {
    await reporting({ Records: ofKinds('fact', 'milestone').map(recordOf) } as never);
    for (const { newImage } of ofKinds('delivery')) {
      const body = newImage?.['id']?.S ?? '';
      await delivering({ Records: [{ messageId: 'm', body, eventSource: 'aws:sqs' }] } as never);
    }
    return submitters.told.map(({ entity }) => toldOf(entity));
  };
}

const recordOf = ({ newImage }: Change, at: number) => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: `${at}`, NewImage: newImage },
});
