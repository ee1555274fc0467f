interface Section {
  readonly template: string;
  readonly version: string;
  readonly loinc: string;
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly entries?: string;
}

const LIST: readonly Section[] = [
  {
    template: '2.16.840.1.113883.10.20.22.2.6.1',
    version: '2015-08-01',
    loinc: '48765-2',
    title: 'Allergies and adverse reactions',
    head: ['Substance', 'Reaction', 'Since'],
    rows: [['Penicillin G', 'Hives', '1999']],
    entries: `<entry typeCode="DRIV"><act classCode="ACT" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.22.4.30" extension="2015-08-01"/>
<id root="2.16.840.1.113883.19.5.77.3" extension="ALG-1"/>
<code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>
<statusCode code="active"/>
<effectiveTime><low value="1999"/></effectiveTime>
<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.22.4.7" extension="2014-06-09"/>
<id root="2.16.840.1.113883.19.5.77.3" extension="ALG-1.1"/>
<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
<statusCode code="completed"/>
<effectiveTime><low value="1999"/></effectiveTime>
<value xsi:type="CD" code="419511003" codeSystem="2.16.840.1.113883.6.96" displayName="Propensity to adverse reaction to drug"/>
<participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">
<code code="7980" codeSystem="2.16.840.1.113883.6.88" displayName="Penicillin G"/>
</playingEntity></participantRole></participant>
</observation></entryRelationship>
</act></entry>`,
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.1.1',
    version: '2014-06-09',
    loinc: '10160-0',
    title: 'Medications',
    head: ['Medicine', 'How to take it', 'Since'],
    rows: [['Lisinopril 10 mg tablet', 'one tablet each morning', '2024-05-01']],
    entries: `<entry typeCode="DRIV"><substanceAdministration classCode="SBADM" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.22.4.16" extension="2014-06-09"/>
<id root="2.16.840.1.113883.19.5.77.4" extension="MED-1"/>
<statusCode code="active"/>
<effectiveTime xsi:type="IVL_TS"><low value="20240501"/></effectiveTime>
<doseQuantity value="1"/>
<consumable><manufacturedProduct classCode="MANU">
<templateId root="2.16.840.1.113883.10.20.22.4.23" extension="2014-06-09"/>
<manufacturedMaterial><code code="314076" codeSystem="2.16.840.1.113883.6.88" displayName="lisinopril 10 MG Oral Tablet"/></manufacturedMaterial>
</manufacturedProduct></consumable>
</substanceAdministration></entry>`,
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.5.1',
    version: '2015-08-01',
    loinc: '11450-4',
    title: 'Problems',
    head: ['Problem', 'Status', 'Since'],
    rows: [['Essential hypertension', 'active', '2024']],
    entries: `<entry typeCode="DRIV"><act classCode="ACT" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.22.4.3" extension="2015-08-01"/>
<id root="2.16.840.1.113883.19.5.77.5" extension="PRB-1"/>
<code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>
<statusCode code="active"/>
<effectiveTime><low value="2024"/></effectiveTime>
<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.22.4.4" extension="2015-08-01"/>
<id root="2.16.840.1.113883.19.5.77.5" extension="PRB-1.1"/>
<code code="55607006" codeSystem="2.16.840.1.113883.6.96" displayName="Problem"/>
<statusCode code="completed"/>
<effectiveTime><low value="2024"/></effectiveTime>
<value xsi:type="CD" code="59621000" codeSystem="2.16.840.1.113883.6.96" displayName="Essential hypertension"/>
</observation></entryRelationship>
</act></entry>`,
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.3.1',
    version: '2015-08-01',
    loinc: '30954-2',
    title: 'Results',
    head: ['Test', 'Value', 'Date'],
    rows: [
      ['Potassium', '4.1 mmol/L', '2026-02-27'],
      ['Creatinine', '0.9 mg/dL', '2026-02-27'],
    ],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.17',
    version: '2015-08-01',
    loinc: '29762-2',
    title: 'Social history',
    head: ['Topic', 'Finding'],
    rows: [['Tobacco', 'Never smoked']],
  },
  {
    template: '2.16.840.1.113883.10.20.22.2.4.1',
    version: '2015-08-01',
    loinc: '8716-3',
    title: 'Vital signs',
    head: ['Date', 'Blood pressure', 'Pulse'],
    rows: [['2026-03-02', '128/82 mm Hg', '68 /min']],
  },
];

const row = (cell: 'th' | 'td', texts: readonly string[]): string =>
  `<tr>${texts.map((text) => `<${cell}>${text}</${cell}>`).join('')}</tr>`;

const sectionXml = (section: Section): string => `<component><section>
<templateId root="${section.template}"/>
<templateId root="${section.template}" extension="${section.version}"/>
<code code="${section.loinc}" codeSystem="2.16.840.1.113883.6.1"/>
<title>${section.title}</title>
<text><table><thead>${row('th', section.head)}</thead><tbody>${section.rows.map((texts) => row('td', texts)).join('')}</tbody></table></text>
${section.entries ?? ''}
</section></component>`;

/** The sections that a CCD needs, with what a pharmacy may know of somebody who does not exist. */
export const SECTIONS: string = LIST.map(sectionXml).join('\n');
