import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../../shared/adapters/dynamo/table.ts';
import { bodyOf } from '../../../shared/adapters/dynamo/table/items.ts';
import type { PatientId } from '../../../shared/ids.ts';
import { done } from '../../../shared/outcome.ts';
import type { Milestone } from '../../../shared/transmit-request/milestone.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import type { Window } from '../../../shared/trigger/window.ts';
import type { WholePath } from '../../support/whole-path.ts';
import { ANA, type Answered, SYSTEM } from '../http-world.ts';

export const DAY = '2026-11-22';

/** What is told of requests, from now on. */
export function milestonesOf(path: WholePath): readonly Milestone[] {
  const told: Milestone[] = [];
  path.table.onChange(({ eventName, newImage = {} }) => {
    const item = unmarshall(newImage) as Item;
    if (eventName === 'INSERT' && item['kind'] === 'milestone')
      told.push(bodyOf(item, 'milestone'));
  });
  return told;
}

/** The newest request of the patient, as it is kept. */
export async function standing(path: WholePath): Promise<TransmitRequest> {
  const [request] = await path.ports.requests.list(path.ports.keyOf('ana' as PatientId));
  if (!request) throw new Error('There is no request');
  return request;
}

export async function change(path: WholePath, more: Partial<TransmitRequest>): Promise<void> {
  const { patientKey, id } = await standing(path);
  const { requests, now } = path.ports;
  await requests.change(patientKey, id, now(), (current) => done({ ...current, ...more }));
}

export const windowOf = async (path: WholePath): Promise<Window | undefined> =>
  path.ports.windows.read((await standing(path)).id);

export const postEvent = (path: WholePath, event: object): Promise<Answered> =>
  path.ask('POST /v1/events', {
    as: SYSTEM,
    json: { patientId: 'ana', occurredAt: path.ports.now().toISOString(), ...event },
  });

/** All copies, the newest first: status and code. */
export async function copies(path: WholePath): Promise<readonly (readonly string[])[]> {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  return body.transmissions.map(({ status, code }: { status: string; code?: string }) =>
    code === undefined ? [status] : [status, code],
  );
}
