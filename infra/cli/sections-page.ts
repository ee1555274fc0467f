import { MEANINGFUL_USE_SECTIONS } from '../../shared/record/sections/meaningful-use.ts';

/** The page `docs/sections.md`, word for word: which sections are looked for, by what, and what is said of them. */
export const sectionsPage = (): string =>
  `${INTRODUCTION}\n\n${HEAD}\n${MEANINGFUL_USE_SECTIONS.map(rowOf).join('\n')}\n\n${STATES}\n`;

const INTRODUCTION = `# Sections

Generated from \`shared/record/sections/meaningful-use.ts\` by \`npm run transmit -- sections\`; a test compares the two.

These sections a patient may expect in a record since Meaningful Use stage 2 (BlueButton+ list, C-CDA R1.1 section
templates). When a document is uploaded, the answer says which of them the patient's current documents have;
\`GET /v1/patients/{patientId}/record\` and \`npm run transmit -- package\` say it too. It is advice to the data holder: no
document is refused and no record is held back for it. The list also names who the patient is and who cares for them;
that stands in the header of every document, not in a section.`;

const HEAD = `| key | section | called in documents | LOINC | templates |
|---|---|---|---|---|`;

const STATES = `## How a section is recognised

By the first of its template ids that is in the table, with any version or none (R1.1, R2.1); where none is, by its code, in
LOINC or without a code system (C32 and others). It counts where CDA has sections: in a component of the structured body, or
of another section. Other namespaces, and documents without a structured body (unstructured CDA, PDF, text, FHIR), have none.
R2.1 gave cognitive status a section of its own, Mental Status, which is not of the list.

## What is said of it

| state | meaning |
|---|---|
| present | it says something: an entry, or a section inside it that is present, or, where it has no entries, a narrative |
| empty | it is there and says nothing: the section has a nullFlavor, or all its entries have, or it has neither entry nor narrative, where a narrative with a nullFlavor is none |
| missing | no current document has it |

Structure decides, never words: a section with the narrative "No information" and nothing else is present, and one with a
nullFlavor is empty whatever its narrative says. "No known allergies" as an entry is information. Across the patient's
documents, and within one, the best state counts. A document that arrived before sections were looked for adds none until
it is uploaded with other bytes.`;

const rowOf = ({
  key,
  name,
  titles,
  loinc,
  templates,
}: (typeof MEANINGFUL_USE_SECTIONS)[number]): string =>
  `| \`${key}\` | ${name} | ${titles.join('; ')} | ${loinc.join(', ')} | ${templates.join(', ')} |`;
