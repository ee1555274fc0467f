import { ANA, type Answered } from '../../lambdas/http-world.ts';
import { key } from '../../lambdas/steps.ts';
import type { Chance } from '../kernel/chance.ts';
import { RECIPIENTS } from './identities.ts';
import type { World } from './world.ts';

/** What people want to be otherwise of a request that stands. */
export type Wish = {
  readonly second: number;
  /** Instead of the beginning, they count from the first of these. */
  readonly after?: (typeof MOMENTS)[number];
} & (
  | {
      readonly what: 'amend';
      /** Of the request. */
      readonly name: string;
      readonly wish: 'add' | 'add-quietly' | 'remove' | 'narrow' | 'widen';
      /** To whom, of what is about somebody. */
      readonly recipient: string;
    }
  /** One more copy, to somebody or to all. */
  | { readonly what: 'send'; readonly name: string; readonly recipient?: string }
);

type Named<What extends Wish['what']> = Extract<Wish, { what: What }>;

const MOMENTS = ['requested', 'intent', 'deferred', 'uncertain', 'accepted'] as const;
const HOUR = 3600;

/** Mostly just after something that makes copies leave, or while one does; and some change their minds soon. */
export function wishesBy(
  chance: Chance,
  requests: readonly { readonly name: string; readonly addresses: readonly string[] }[],
  moments: readonly number[],
): readonly Wish[] {
  const count = Number(chance.weighted({ 0: 5, 1: 3, 2: 2, 4: 1 }));
  return Array.from({ length: count }, () => wishBy(chance, requests, moments)).flatMap((each) =>
    each.what === 'amend' && each.wish === 'remove' && chance.happens(0.6)
      ? [each, { ...each, wish: 'add', second: each.second + chance.between(1, 600) } as const]
      : [each],
  );
}

function wishBy(
  chance: Chance,
  requests: Parameters<typeof wishesBy>[1],
  moments: readonly number[],
): Wish {
  const within = chance.pick([3, 60, 900, 3 * HOUR]);
  const when = chance.happens(0.5)
    ? { second: chance.pick(moments) + chance.between(0, within) }
    : { second: chance.between(0, within), after: chance.pick(MOMENTS) };
  const { name, addresses } = chance.pick(requests);
  if (chance.happens(0.2)) {
    const only = chance.happens(0.5) ? { recipient: chance.pick(addresses) } : {};
    return { ...when, what: 'send', name, ...only };
  }
  const wish = chance.weighted({ add: 4, 'add-quietly': 1, remove: 5, narrow: 1, widen: 1 });
  const recipient = chance.pick(wish === 'remove' ? addresses : RECIPIENTS);
  return { ...when, what: 'amend', name, wish, recipient };
}

/** Looks at the request, and changes it as it is; and looks again when it was another by then. */
export async function amend(
  { client, witness }: World,
  deed: Named<'amend'>,
  requestId: string | undefined,
): Promise<void> {
  if (requestId === undefined) return;
  const place = `/v1/patients/ana/transmit-requests/${requestId}`;
  for (let tries = 0; tries < 4; tries += 1) {
    const read = await client.ask(`GET ${place}`, { as: ANA });
    if (read?.status !== 200) return;
    const answered = await client.ask(`PATCH ${place}`, {
      as: ANA,
      json: changeBy(deed, read),
      headers: { 'if-match': String(read.headers['etag']) },
    });
    if (answered?.status === 412) continue;
    if (answered?.status !== 200) return;
    const inFlight = answered.body.inFlight.map(
      (each: { transmissionId: string }) => each.transmissionId,
    );
    const gone = answered.body.addresses.filter(isStopped);
    for (const { address } of gone) {
      witness.stopped({ requestId, inFlight, address, version: answered.body.version });
    }
    return;
  }
}

const isStopped = ({ status }: { status: string }): boolean => status === 'revoked';

function changeBy({ wish, recipient }: Named<'amend'>, { body }: Answered): object {
  const asked: readonly string[] = body.addresses
    .filter((each: { status: string }) => !isStopped(each))
    .map(({ address }: { address: string }) => address);
  const others = asked.filter((address) => address !== recipient);
  switch (wish) {
    case 'add':
      return { addresses: [...others, recipient] };
    case 'add-quietly':
      return { addresses: [recipient, ...others], sendNow: false };
    case 'remove':
      return others.length > 0 ? { addresses: others } : {};
    case 'narrow':
      return body.frequency === 'on-update' ? { triggers: ['discharge'] } : {};
    case 'widen':
      return { frequency: 'on-update', triggers: null };
  }
}

export async function send(
  { client, witness }: World,
  { second, recipient }: Named<'send'>,
  requestId: string | undefined,
): Promise<void> {
  if (requestId === undefined) return;
  const answered = await client.ask(`POST /v1/patients/ana/transmit-requests/${requestId}/send`, {
    as: ANA,
    headers: key(`send at ${second}`),
    ...(recipient === undefined ? {} : { json: { addresses: [recipient] } }),
  });
  if (answered?.status === 202) witness.accepted.push(String(answered.body.triggerId));
}
