/** A section of C-CDA R2.1 with narrative only: what a person reads is what has to arrive. */
interface Section {
  /** OIDs of the templates that allow a section without entries. */
  readonly template: string;
  /** LOINC. */
  readonly code: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const SECTIONS: readonly Section[] = [
  {
    template: '2.16.840.1.113883.10.20.22.2.6',
    code: '48765-2',
    title: 'Allergies',
    columns: ['Substance', 'Reaction', 'Status'],
    rows: [['Penicillin G', 'Hives', 'Active']],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.1',
    code: '10160-0',
    title: 'Medications',
    columns: ['Medication', 'Directions', 'Start'],
    rows: [
      ['Lisinopril 10 mg tablet', 'One tablet by mouth each morning', '2025-06-01'],
      ['Albuterol 0.09 mg/actuation inhaler', 'Two puffs when needed', '2024-02-11'],
    ],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.5',
    code: '11450-4',
    title: 'Problems',
    columns: ['Problem', 'Status', 'Since'],
    rows: [
      ['Essential hypertension', 'Active', '2025-06-01'],
      ['Asthma', 'Active', '1999'],
    ],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.7',
    code: '47519-4',
    title: 'Procedures',
    columns: ['Procedure', 'Date'],
    rows: [['Chest X-ray, two views', '2026-11-18']],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.3',
    code: '30954-2',
    title: 'Results',
    columns: ['Test', 'Result', 'Date'],
    rows: [
      ['Hemoglobin', '13.4 g/dL', '2026-11-18'],
      ['Creatinine', '0.9 mg/dL', '2026-11-18'],
    ],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.4',
    code: '8716-3',
    title: 'Vital signs',
    columns: ['Date', 'Blood pressure', 'Heart rate'],
    rows: [['2026-11-20', '128/82 mm[Hg]', '72 /min']],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.2',
    code: '11369-6',
    title: 'Immunizations',
    columns: ['Vaccine', 'Date'],
    rows: [['Influenza, injectable, quadrivalent', '2026-10-02']],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.17',
    code: '29762-2',
    title: 'Social history',
    columns: ['What', 'Value'],
    rows: [['Smoking status', 'Never smoked']],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.10',
    code: '18776-5',
    title: 'Plan of treatment',
    columns: ['What', 'When'],
    rows: [['Follow-up visit with the primary care physician', 'Within 14 days']],
  },
];

const cells = (name: 'td' | 'th', texts: readonly string[]): string =>
  `<tr>${texts.map((text) => `<${name}>${text}</${name}>`).join('')}</tr>`;

const section = ({ template, code, title, columns, rows }: Section): string =>
  `<component><section>
<templateId root="${template}" extension="2015-08-01"/>
<code code="${code}" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC"/>
<title>${title}</title>
<text><table><thead>${cells('th', columns)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table></text>
</section></component>`;

/** The body of the sample record: the sections that Meaningful Use 2 asks of a summary of care. */
export const SAMPLE_SECTIONS = SECTIONS.map(section).join('\n');
