import { type Sha256, sha256 } from '../../../ids.ts';
import { type Route, routeKeyOf } from '../../identity/access.ts';
import type { PublicCall } from '../call.ts';
import { jsonIn } from '../json.ts';

/** Stands for what a call asks: the same members in another order, or with other blanks, ask the same. */
export function fingerprintOf(route: Route, { params, body }: PublicCall): Sha256 {
  const json = jsonIn(body);
  const asked = json.ok ? canonical(json.value) : sha256(body);
  return sha256(canonical([routeKeyOf(route), params, asked]));
}

/** JSON with the members of each object in one order. Of what `jsonIn` read, which is not deep. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : part,
  );
