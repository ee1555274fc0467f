import * as z from 'zod';
import { PlacesView } from '../../shared/discover/places/view.ts';
import { foldedWords, MOST_WORDS } from '../../shared/discover/places/words.ts';
import type { Operations } from '../../shared/operation.ts';

/** What somebody types before it means anything is nobody's search; nothing at all asks for recent addresses. */
const isSearch = (typed: string): boolean => {
  const words = foldedWords(typed);
  return words.length <= MOST_WORDS && words.join('').length >= 2;
};

export const DirectoryQuery = z.strictObject({
  q: z
    .string()
    .max(100)
    .trim()
    .refine((typed) => typed === '' || isSearch(typed))
    .default('')
    .meta({
      description:
        'Up to eight words, of two letters or digits together at least. Without any, only recent addresses are answered.',
    }),
  limit: z
    .string()
    .regex(/^(?:[1-9]|[1-4][0-9]|50)$/)
    .default('20')
    .meta({ description: '1 to 50.' }),
  patientId: z.string().max(200).optional().meta({
    description:
      'Whose recent addresses are wanted, where the token does not name one patient alone.',
  }),
});

export const OPERATIONS = {
  'GET /v1/directory': {
    id: 'findPlaces',
    summary:
      'Finds places to send to: recent addresses of the patient first, then what the lists of places have.',
    query: DirectoryQuery,
    answers: {
      200: {
        summary:
          'Those in which every word begins a word of the name, the place, the specialty or the domain.',
        content: {
          'application/json': {
            schema: PlacesView,
            example: {
              places: [
                {
                  name: 'Lakeside Clinic',
                  address: 'records@direct.lakeside.example',
                  place: '12 Shore Road, Lakeside, OR 97449',
                  source: 'recent',
                  last: { status: 'delivered', at: '2026-11-22T12:00:00.000Z' },
                },
                {
                  name: 'Lakeview Cardiology',
                  address: 'care@direct.lakeview.example',
                  specialty: 'Cardiology',
                  source: 'holder',
                },
              ],
            },
          },
        },
      },
    },
    refusals: [
      'patient/bad-id',
      'patient/unknown',
      'patient/merged',
      'consent/authority-missing',
      'consent/authority-ended',
    ],
  },
} satisfies Operations;
