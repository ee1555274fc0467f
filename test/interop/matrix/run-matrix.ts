import { missing } from '../../support/present.ts';
import { expectedOf, type Expected } from './expected.ts';
import type { Reader } from './reader.ts';
import { READERS } from './readers.ts';
import { readership, sendVariant } from './send-variant.ts';
import type { SentMessage } from './sent-message.ts';
import { VARIANTS } from './variants.ts';

export interface Cell extends Expected {
  readonly variant: string;
  readonly reader: string;
  /** What came of it; absent when the reader is not there. */
  readonly got?: string;
}

/** Everybody who shall read, and every variant once it has been sent: the same bytes for all. */
export const people = readership();
const sent = new Map<string, Promise<SentMessage>>();
export async function sentOnce(variant: (typeof VARIANTS)[number]): Promise<SentMessage> {
  const known = sent.get(variant.name) ?? sendVariant(variant, await people);
  sent.set(variant.name, known);
  return known;
}

/** One column. Without its tool no cell of it has a result. */
export async function readAll(reader: Reader): Promise<readonly Cell[]> {
  const equipped = missing(reader.needs).length > 0 ? undefined : reader.equip(await people);
  try {
    const cells: Cell[] = [];
    for (const variant of VARIANTS) {
      const got = await equipped?.read(await sentOnce(variant));
      cells.push({
        variant: variant.name,
        reader: reader.name,
        ...expectedOf(variant, reader.name),
        ...(got !== undefined && { got }),
      });
    }
    return cells;
  } finally {
    equipped?.remove();
  }
}

/** All columns, from left to right. */
export async function runMatrix(): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const reader of READERS) cells.push(...(await readAll(reader)));
  return cells;
}
