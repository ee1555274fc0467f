import * as z from 'zod';
import type { Language } from '../../language.ts';
import { saysOf } from '../../says-of.ts';
import type { FoundPlace, FoundPlaces } from './find-places.ts';

const LastView = z.strictObject({
  /** As a transmission has it. */
  status: z.string(),
  code: z.string().optional(),
  sentence: z.string().optional(),
  at: z.iso.datetime(),
});

const PlaceView = z.strictObject({
  name: z.string(),
  address: z.string(),
  place: z.string().optional(),
  specialty: z.string().optional(),
  telephone: z.string().optional(),
  /** `recent`: the patient asked for it before. */
  source: z.enum(['recent', 'holder', 'fhir']),
  /** What became of the latest copy; only of recent ones, and not when it is long ago. */
  last: LastView.optional(),
});

/** What is answered to somebody who looks for a place. */
export const PlacesView = z.strictObject({
  places: z.array(PlaceView),
  /** There may be more: a list could not be asked, and `code` says why. */
  incomplete: z.literal(true).optional(),
  code: z.string().optional(),
  sentence: z.string().optional(),
});

export type PlacesView = z.infer<typeof PlacesView>;

export const viewOfPlaces = (
  { places, incomplete: code }: FoundPlaces,
  language: Language,
): PlacesView => ({
  places: places.map((place) => viewOf(place, language)),
  ...(code !== undefined && { incomplete: true, code, sentence: saysOf(code, language) }),
});

const viewOf = ({ last, ...place }: FoundPlace, language: Language): z.infer<typeof PlaceView> => ({
  ...place,
  ...(last && {
    last: {
      ...last,
      ...(last.code !== undefined && { sentence: saysOf(last.code, language) }),
    },
  }),
});
