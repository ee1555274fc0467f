import { ROUTES } from '../../lambdas/routes.ts';
import type { Random } from '../support/api/requests.ts';
import type { ApiWorld } from './api-world.ts';
import type { Asking } from './http-event.ts';
import { ADMIN, ANA, type Answered, BEN, PROVIDER, SYSTEM } from './http-world.ts';

const WHO = { patient: ANA, representative: ANA, provider: PROVIDER, system: SYSTEM, admin: ADMIN };

function askerOf({ key, by }: Random): Asking['as'] {
  const route = ROUTES.find(({ method, path }) => `${method} ${path}` === key);
  const kinds = (route?.kinds ?? []) as readonly string[];
  const kind = kinds[0] === undefined || kinds[0] === 'any' ? undefined : kinds[0];
  if (kind === undefined || by === 'nobody') return undefined;
  const right = WHO[kind as keyof typeof WHO];
  if (by === 'scopeless') return { ...right, scopes: [] };
  return by === 'other' ? (kinds.includes('system') ? BEN : SYSTEM) : right;
}

/** Asks what is random of things that there are. */
export async function askedOf(random: Random, { world, names }: ApiWorld): Promise<Answered> {
  const { key, params, query, headers, bytes } = random;
  const path = key.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? names[name] ?? 'unknown'),
  );
  const parts = new URLSearchParams(Object.entries(query)).toString();
  const as = askerOf(random);
  return world.ask(parts === '' ? path : `${path}?${parts}`, {
    ...(as && { as }),
    headers,
    ...(bytes && { bytes }),
  });
}
