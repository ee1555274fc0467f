/** Which part of a list is asked for. */
export interface Paging {
  /** At least 1. */
  readonly limit: number;
  /** Where the page before this one ended, as its `next` said. Absent: from the beginning. */
  readonly after?: string;
}

/** Part of a list, newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where it ends. Absent: there is no more. */
  readonly next?: string;
}

/** Where something stands in a list: by its time, and among those of one moment by its id. */
export const placeOf = (at: string, id: string): string => `${at}#${id}`;

/** A page of those that were read up to one more than are asked for, in order. */
export function pageOf<T>(
  read: readonly T[],
  place: (each: T) => string,
  { limit }: Paging,
): Page<T> {
  const items = read.slice(0, limit);
  const last = items.at(-1);
  return read.length > limit && last !== undefined ? { items, next: place(last) } : { items };
}

/** Pages of a list that is short enough to be read whole. What comes in meanwhile moves nothing. */
export const pagesOf =
  <T>(read: () => Promise<readonly T[]>, place: (each: T) => string) =>
  async (paging: Paging): Promise<Page<T>> => {
    const all = await read();
    const { after } = paging;
    const behind = after === undefined ? all : all.filter((each) => place(each) < after);
    const newestFirst = behind.toSorted((one, other) => (place(one) < place(other) ? 1 : -1));
    return pageOf(newestFirst, place, paging);
  };
