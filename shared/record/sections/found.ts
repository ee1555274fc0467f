import * as z from 'zod';
import { MEANINGFUL_USE_SECTIONS, type SectionKey } from './meaningful-use.ts';

/** The sections of the list that a document has. One that is not named here is missing from it. */
export type FoundSections = Readonly<Partial<Record<SectionKey, 'present' | 'empty'>>>;

const Sections = z.array(z.enum(MEANINGFUL_USE_SECTIONS.map(({ key }) => key))).readonly();

/** How each section of the list stands across documents. Every section is in one of the three, in the order of the list. */
export const SectionOverview = z
  .strictObject({ present: Sections, empty: Sections, missing: Sections })
  .readonly()
  .meta({ id: 'SectionOverview' });

export type SectionOverview = z.infer<typeof SectionOverview>;

export const OVERVIEW_EXAMPLE: SectionOverview = {
  present: ['allergies', 'medications'],
  empty: ['encounters'],
  missing: ['immunizations'],
};

/**
 * The best that any of the documents has counts: what is empty in one may be told in another. Says what a patient may
 * miss, and is no reason to refuse anything: nobody has every section.
 */
export function overviewOf(
  documents: readonly { readonly sections?: FoundSections }[],
): SectionOverview {
  const stateOf = (key: SectionKey): keyof SectionOverview => {
    const states = documents.map(({ sections }) => sections?.[key]);
    if (states.includes('present')) return 'present';
    return states.includes('empty') ? 'empty' : 'missing';
  };
  const keys = MEANINGFUL_USE_SECTIONS.map(({ key }) => key);
  const inState = (state: keyof SectionOverview) => keys.filter((key) => stateOf(key) === state);
  return { present: inState('present'), empty: inState('empty'), missing: inState('missing') };
}
