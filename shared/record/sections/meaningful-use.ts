const CCDA = '2.16.840.1.113883.10.20.22.2';
const IHE_PCC = '1.3.6.1.4.1.19376.1.5.3.1.3';

/**
 * The sections that a patient may expect in a record since Meaningful Use stage 2, in the order of the list. What it
 * names besides them, who the patient is and who cares for them, stands in the header of every document.
 *
 * `titles` are the words of C-CDA R1.1, then those of R2.1 where they differ; `loinc` begins with the code of R1.1, which
 * C32 uses too; `templates` are roots without version, entries optional before entries required: R2.1 kept the roots.
 *
 * @see BlueButton+ list, C-CDA R1.1 section templates
 */
export const MEANINGFUL_USE_SECTIONS = [
  {
    key: 'allergies',
    name: 'Allergies',
    titles: ['Allergies, Adverse Reactions, Alerts', 'Allergies and Intolerances'],
    loinc: ['48765-2'],
    templates: [`${CCDA}.6`, `${CCDA}.6.1`],
  },
  {
    key: 'encounters',
    name: 'Encounters',
    titles: ['Encounters'],
    loinc: ['46240-8'],
    templates: [`${CCDA}.22`, `${CCDA}.22.1`],
  },
  {
    key: 'immunizations',
    name: 'Immunizations',
    titles: ['Immunizations'],
    loinc: ['11369-6'],
    templates: [`${CCDA}.2`, `${CCDA}.2.1`],
  },
  {
    key: 'medications',
    name: 'Medications',
    titles: ['Medications'],
    loinc: ['10160-0'],
    templates: [`${CCDA}.1`, `${CCDA}.1.1`],
  },
  {
    key: 'care-plan',
    name: 'Care plan',
    titles: ['Plan of Care', 'Plan of Treatment'],
    loinc: ['18776-5'],
    templates: [`${CCDA}.10`],
  },
  {
    key: 'discharge-medications',
    name: 'Discharge medications',
    titles: ['Hospital Discharge Medications', 'Discharge Medications'],
    loinc: ['10183-2', '75311-1'],
    templates: [`${CCDA}.11`, `${CCDA}.11.1`],
  },
  {
    key: 'reason-for-referral',
    name: 'Reason for referral',
    titles: ['Reason for Referral'],
    loinc: ['42349-1'],
    templates: [`${IHE_PCC}.1`],
  },
  {
    key: 'problems',
    name: 'Problems',
    titles: ['Problem'],
    loinc: ['11450-4'],
    templates: [`${CCDA}.5`, `${CCDA}.5.1`],
  },
  {
    key: 'procedures',
    name: 'Procedures',
    titles: ['Procedures'],
    loinc: ['47519-4'],
    templates: [`${CCDA}.7`, `${CCDA}.7.1`],
  },
  {
    key: 'functional-status',
    name: 'Functional and cognitive status',
    titles: ['Functional Status'],
    loinc: ['47420-5'],
    templates: [`${CCDA}.14`],
  },
  {
    key: 'results',
    name: 'Results',
    titles: ['Results'],
    loinc: ['30954-2'],
    templates: [`${CCDA}.3`, `${CCDA}.3.1`],
  },
  {
    key: 'social-history',
    name: 'Social history',
    titles: ['Social History'],
    loinc: ['29762-2'],
    templates: [`${CCDA}.17`],
  },
  {
    key: 'vital-signs',
    name: 'Vital signs',
    titles: ['Vital Signs'],
    loinc: ['8716-3'],
    templates: [`${CCDA}.4`, `${CCDA}.4.1`],
  },
  {
    key: 'discharge-instructions',
    name: 'Discharge instructions',
    titles: ['Hospital Discharge Instructions'],
    loinc: ['8653-8'],
    templates: [`${CCDA}.41`],
  },
] as const;

export type SectionKey = (typeof MEANINGFUL_USE_SECTIONS)[number]['key'];
