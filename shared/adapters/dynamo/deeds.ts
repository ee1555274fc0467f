import type { Deed, DeedKind } from '../../deed.ts';
import { reportIdOf } from '../../ids.ts';
import { agingAttributes, KEYS } from './keys.ts';
import type { Write } from './table.ts';
import { itemOf } from './table/items.ts';

/**
 * A deed as it is written with what it changes: the stream tells the audit of it.
 *
 * @param what tells it from every other deed of its kind
 */
export function deedPut(what: string, deed: Omit<Deed, 'id'>): Write {
  const id = deedIdOf(deed.kind, what);
  const aging = agingAttributes('trace', id, new Date(deed.at));
  return { put: itemOf(KEYS.deed(id), 'deed', { id, ...deed }, aging) };
}

const deedIdOf = (kind: DeedKind, what: string) => reportIdOf('deed', kind, what);
