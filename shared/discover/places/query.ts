import * as z from 'zod';
import { foldedWords, MOST_WORDS } from './words.ts';

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
