import * as fc from 'fast-check';
import { parseDirectAddress, type DirectAddress } from '../../../shared/ids.ts';
import type { Place } from '../../../shared/discover/places/places.ts';

export function addressOf(text: string): DirectAddress {
  const parsed = parseDirectAddress(text);
  if (!parsed.ok) throw new Error(`${text} is no address`);
  return parsed.value;
}

export const place = (name: string, address: string, more: Partial<Place> = {}): Place => ({
  name,
  address: addressOf(address),
  ...more,
});

/** Few words, so that many places share some; with accents and capitals, so that it matters that they do not count. */
const WORDS = ['Lake', 'lakeside', 'Clínica', 'CLINIC', 'Straße', 'heart', 'Ågård', 'west', '7'];

const words = (min: number) =>
  fc.array(fc.constantFrom(...WORDS), { minLength: min, maxLength: 4 }).map((all) => all.join(' '));

export const anyPlaces = fc
  .array(
    fc.record(
      {
        name: words(1),
        domain: fc.constantFrom('lake', 'west-heart', 'clinic'),
        place: words(1),
        specialty: words(1),
      },
      { requiredKeys: ['name', 'domain'] },
    ),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ domain, ...told }, at): Place => ({
      ...told,
      address: addressOf(`at${at}@direct.${domain}.example`),
    })),
  );

/** One to four words as somebody types them: whole, or cut. */
export const anySearch = fc
  .array(
    fc
      .tuple(fc.constantFrom(...WORDS, 'example', 'nowhere'), fc.integer({ min: 1, max: 9 }))
      .map(([word, length]) => word.slice(0, length)),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.join(' '));
