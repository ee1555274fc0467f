import type { Principal } from '../../../shared/edge/identity/principal.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { ADMIN, ANA, SYSTEM, type Answered } from '../../lambdas/http-world.ts';
import { key, MRN, PERSON } from '../../lambdas/steps.ts';
import type { Deed, Story } from './story.ts';
import { amend, send } from './wishes.ts';
import type { World } from './world.ts';

/** The people of a story, and the systems: each deed is done at its time, whatever became of the others. */
export function live(world: World, { deeds }: Story): void {
  const requests = new Map<string, Promise<string | undefined>>();
  for (const deed of deeds) {
    const plan = (about?: string): void =>
      world.timeline.after(deed.second * 1000, () => void doIt(world, deed, requests, about));
    if (deed.after === undefined) plan();
    else world.witness.onFirst(deed.after, plan);
  }
}

/** The ids of requests, by the names that the story has for them. */
type Requests = Map<string, Promise<string | undefined>>;

/** @param about the transmission that it is about, if it is about one */
async function doIt(world: World, deed: Deed, requests: Requests, about?: string): Promise<void> {
  switch (deed.what) {
    case 'share':
      requests.set(deed.name, share(world, deed));
      return;
    case 'event':
      return event(world, deed);
    case 'upload':
      await upload(world, deed.filling);
      return;
    case 'remove':
      return remove(world);
    case 'revoke':
      return revoke(world, deed, await requests.get(deed.name));
    case 'revoke-all':
      return revokeAll(world);
    case 'resume':
      return resume(world, deed, await requests.get(deed.name));
    case 'amend':
      return amend(world, deed, await requests.get(deed.name));
    case 'send':
      return send(world, deed, await requests.get(deed.name));
    case 'die':
      await world.client.ask('PUT /v1/patients/ana', {
        as: SYSTEM,
        json: { ...PERSON, deceased: true },
      });
      return;
    case 'merge':
      return merge(world, deed);
    case 'retry':
    case 'resolve':
      return operate(world, deed.what, about ?? '');
    case 'look':
      return look(world);
  }
}

type Named<What extends Deed['what']> = Extract<Deed, { what: What }>;

async function share(
  { client }: World,
  {
    name,
    addresses,
    frequency,
    sendNow,
    schedule,
    until,
    triggers,
    authorityUntil,
  }: Named<'share'>,
): Promise<string | undefined> {
  const answered = await client.ask('POST /v1/patients/ana/transmit-requests', {
    as: authorityUntil === undefined ? ANA : guardianUntil(authorityUntil),
    json: { addresses, frequency, sendNow, schedule, until, triggers },
    headers: key(name),
  });
  return answered?.status === 201 ? String(answered.body.id) : undefined;
}

const guardianUntil = (until: string): Principal => ({
  ...ANA,
  kind: 'representative',
  subject: 'guardian-1',
  authority: { relationship: 'guardian', until },
});

async function event(
  { client, timeline, witness }: World,
  { name, type, cancels }: Named<'event'>,
): Promise<void> {
  const occurredAt = timeline.now().toISOString();
  const calledOff = cancels ? { cancels } : {};
  const json = { eventId: name, type, patientId: 'ana', occurredAt, ...calledOff };
  const answered = await client.ask('POST /v1/events', { as: SYSTEM, json });
  if (answered?.status === 202) witness.accepted.push(String(answered.body.results[0].triggerId));
}

export const upload = ({ client }: World, filling: number): Promise<Answered | undefined> =>
  client.ask('PUT /v1/patients/ana/record/documents/ccd', {
    as: SYSTEM,
    bytes: sampleCcda({ filling }),
    headers: { 'content-type': 'application/xml' },
  });

async function remove({ client }: World): Promise<void> {
  await client.ask('DELETE /v1/patients/ana/record/documents/ccd', { as: SYSTEM });
}

async function revoke(
  { client, witness }: World,
  { address }: Named<'revoke'>,
  requestId: string | undefined,
): Promise<void> {
  if (requestId === undefined) return;
  const answered = await client.ask(`POST /v1/patients/ana/transmit-requests/${requestId}/revoke`, {
    as: ANA,
    ...(address === undefined ? {} : { json: { address } }),
  });
  if (answered?.status !== 200) return;
  const inFlight = inFlightIn(answered);
  const { version } = answered.body;
  witness.stopped({ requestId, inFlight, ...(address === undefined ? {} : { address, version }) });
}

async function revokeAll({ client, witness }: World): Promise<void> {
  const answered = await client.ask('POST /v1/patients/ana/transmit-requests/revoke-all', {
    as: ANA,
  });
  if (answered?.status !== 200) return;
  const inFlight = inFlightIn(answered);
  for (const { id } of answered.body.transmitRequests) {
    witness.stopped({ requestId: String(id), inFlight });
  }
}

async function resume(
  { client }: World,
  { as }: Named<'resume'>,
  requestId: string | undefined,
): Promise<void> {
  if (requestId === undefined) return;
  await client.ask(`POST /v1/patients/ana/transmit-requests/${requestId}/resume`, {
    as: as === undefined ? ANA : { ...ANA, kind: as, subject: `${as}-1` },
  });
}

async function merge({ client }: World, { survivor }: Named<'merge'>): Promise<void> {
  const second = { ...PERSON, identifiers: [{ ...MRN, value: 'MRN-0002' }] };
  await client.ask('PUT /v1/patients/ana-2', { as: SYSTEM, json: second });
  await client.ask(`POST /v1/patients/${survivor}/merge`, {
    as: SYSTEM,
    json: { from: survivor === 'ana' ? 'ana-2' : 'ana' },
    headers: key(`merge into ${survivor}`),
  });
}

/** An honest operator: he has looked into the log of the relay. */
async function operate(
  { client, witness }: World,
  what: 'retry' | 'resolve',
  id: string,
): Promise<void> {
  const json = what === 'resolve' ? await foundOut(id, { client, witness }) : undefined;
  await client.ask(`POST /v1/transmissions/${id}/${what}`, {
    as: ADMIN,
    ...(json && { json }),
    headers: key(what),
  });
}

/** He looks at the timeline first, and then for what it shows: of an attempt that is made later he knows nothing. */
async function foundOut(id: string, { client, witness }: Pick<World, 'client' | 'witness'>) {
  const shown = await client.ask(`GET /v1/transmissions/${id}`, { as: ANA });
  const timeline: readonly { readonly kind: string; readonly attempt?: number }[] =
    shown?.body?.timeline ?? [];
  const attempt = timeline.findLast(({ kind }) => kind === 'uncertain')?.attempt ?? 1;
  return { as: witness.hasLeft(id) ? 'sent' : 'not-sent', attempt };
}

const inFlightIn = ({ body }: Answered): readonly string[] =>
  body.inFlight.map(({ transmissionId }: { transmissionId: string }) => transmissionId);

async function look({ client, witness }: World): Promise<void> {
  const list = await client.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  for (const { id } of list?.body?.transmissions ?? []) {
    const one = await client.ask(`GET /v1/transmissions/${id}`, { as: ANA });
    if (one?.status === 200) witness.told('api', String(id), String(one.body.status));
  }
}
