import { type Page, pageOf, type Paging } from '../../../page.ts';
import type { Item, Table } from '../table.ts';

/** A list that lies behind one prefix, each item under its place in it. */
export interface PagedList<T> {
  readonly in: { readonly pk: string; readonly skPrefix: string };
  readonly read: (item: Item) => T;
  /** As its sort key goes on behind the prefix. */
  readonly placeOf: (each: T) => string;
}

/** A page of it, newest first. */
export async function queriedPage<T>(
  table: Table,
  { in: all, read, placeOf }: PagedList<T>,
  paging: Paging,
): Promise<Page<T>> {
  const { limit, after } = paging;
  const behind = after === undefined ? {} : { after: `${all.skPrefix}${after}` };
  // One more than are asked for tells whether there are more.
  const items = await table.query({ ...all, ...behind, newestFirst: true, limit: limit + 1 });
  return pageOf(items.map(read), placeOf, paging);
}
