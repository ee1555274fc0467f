import type { Item } from '../../../shared/adapters/dynamo/table.ts';
import type { Witness } from '../world/witness.ts';

/** A life that is over: what was seen of it, and what lies in its tables now. */
export interface Life {
  readonly witness: Witness;
  readonly table: { readonly items: () => Iterable<Item> };
  readonly auditTable: { readonly items: () => Iterable<Item> };
}
