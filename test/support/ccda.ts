import { SECTIONS } from './ccda-sections.ts';

/** What can be said of a sample document; everything has a default, and all of it is made up. */
export interface SampleCcda {
  readonly patientIds: readonly { readonly root: string; readonly extension?: string }[];
  readonly family: string;
  readonly given: readonly string[];
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  readonly sex: 'F' | 'M' | 'UN';
  readonly documentId: { readonly root: string; readonly extension?: string };
  readonly title: string;
  /** HL7 TS. */
  readonly effectiveTime: string;
  readonly language: string;
  readonly confidentiality: string;
  readonly organization: { readonly oid: string; readonly name: string };
  /** Bytes of filling, to make the narrative of the results as long as wanted. */
  readonly filling: number;
}

export const SAMPLE: SampleCcda = {
  patientIds: [{ root: '2.16.840.1.113883.19.5.77', extension: 'MRN-0001' }],
  family: 'Rivera',
  given: ['Ana', 'Lucia'],
  birthDate: '1984-03-09',
  sex: 'F',
  documentId: { root: '2.16.840.1.113883.19.5.77.1', extension: 'CCD-0001' },
  title: 'Summary of care',
  effectiveTime: '20260302141500-0600',
  language: 'en-US',
  confidentiality: 'N',
  organization: { oid: '2.16.840.1.113883.19.5.77', name: 'Green Street Pharmacy' },
  filling: 0,
};

/** A Continuity of Care Document as C-CDA R2.1 has them: US Realm Header, six sections. UTF-8. */
export const sampleCcda = (options: Partial<SampleCcda> = {}): Uint8Array =>
  Buffer.from(sampleCcdaText(options));

export function sampleCcdaText(options: Partial<SampleCcda> = {}): string {
  const sample = { ...SAMPLE, ...options };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    identification(sample),
    recordTarget(sample),
    participants(sample),
    '<component><structuredBody>',
    SECTIONS,
    filling(sample.filling),
    '</structuredBody></component>',
    '</ClinicalDocument>',
    '',
  ].join('\n');
}

const identification = (sample: SampleCcda): string => `<realmCode code="US"/>
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="2.16.840.1.113883.10.20.22.1.1"/>
<templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
<templateId root="2.16.840.1.113883.10.20.22.1.2"/>
<templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
${id(sample.documentId)}
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC" displayName="Summarization of Episode Note"/>
<title>${text(sample.title)}</title>
<effectiveTime value="${text(sample.effectiveTime)}"/>
<confidentialityCode code="${text(sample.confidentiality)}" codeSystem="2.16.840.1.113883.5.25"/>
<languageCode code="${text(sample.language)}"/>`;

const recordTarget = (sample: SampleCcda): string => `<recordTarget><patientRole>
${sample.patientIds.map(id).join('\n')}
<addr use="HP">
<streetAddressLine>12 Sample Street</streetAddressLine>
<city>Springfield</city><state>IL</state><postalCode>62701</postalCode><country>US</country>
</addr>
<telecom use="HP" value="tel:+1-217-555-0100"/>
<patient>
<name use="L">${sample.given.map((given) => `<given>${text(given)}</given>`).join('')}<family>${text(sample.family)}</family></name>
<administrativeGenderCode code="${sample.sex}" codeSystem="2.16.840.1.113883.5.1"/>
<birthTime value="${sample.birthDate.replaceAll('-', '')}"/>
<raceCode nullFlavor="UNK"/>
<ethnicGroupCode nullFlavor="UNK"/>
<languageCommunication><languageCode code="en"/></languageCommunication>
</patient>
<providerOrganization>${organization(sample)}</providerOrganization>
</patientRole></recordTarget>`;

const participants = (sample: SampleCcda): string => `<author>
<time value="${text(sample.effectiveTime)}"/>
<assignedAuthor>
<id root="2.16.840.1.113883.4.6" extension="1234567893"/>
<code code="183500000X" codeSystem="2.16.840.1.113883.6.101" displayName="Pharmacist"/>
${ADDRESS}
<telecom use="WP" value="tel:+1-217-555-0101"/>
<telecom use="WP" value="mailto:lee.morgan@pharmacy.example"/>
<assignedPerson><name><given>Lee</given><family>Morgan</family><suffix>PharmD</suffix></name></assignedPerson>
<representedOrganization>${organization(sample)}</representedOrganization>
</assignedAuthor>
</author>
<custodian><assignedCustodian>
<representedCustodianOrganization>${organization(sample)}</representedCustodianOrganization>
</assignedCustodian></custodian>
<legalAuthenticator>
<time value="${text(sample.effectiveTime)}"/>
<signatureCode code="S"/>
<assignedEntity>
<id root="2.16.840.1.113883.4.6" extension="1234567893"/>
${ADDRESS}
<telecom use="WP" value="tel:+1-217-555-0101"/>
<assignedPerson><name><given>Lee</given><family>Morgan</family></name></assignedPerson>
</assignedEntity>
</legalAuthenticator>
<documentationOf><serviceEvent classCode="PCPR">
<effectiveTime><low value="20250101"/><high value="20260302"/></effectiveTime>
</serviceEvent></documentationOf>
<componentOf><encompassingEncounter>
<id root="2.16.840.1.113883.19.5.77.2" extension="ENC-0001"/>
<effectiveTime><low value="202603021400-0600"/><high value="202603021430-0600"/></effectiveTime>
<location><healthCareFacility>
<code code="1060-3" codeSystem="2.16.840.1.113883.6.259" displayName="Medical Ward"/>
</healthCareFacility></location>
</encompassingEncounter></componentOf>`;

const ADDRESS =
  '<addr use="WP"><streetAddressLine>40 Green Street</streetAddressLine><city>Springfield</city><state>IL</state><postalCode>62701</postalCode><country>US</country></addr>';

const organization = ({ organization: { oid, name } }: SampleCcda): string =>
  `<id root="${text(oid)}"/><name>${text(name)}</name><telecom use="WP" value="tel:+1-217-555-0101"/>${ADDRESS}`;

const id = ({ root, extension }: SampleCcda['documentId']): string =>
  `<id root="${text(root)}"${extension === undefined ? '' : ` extension="${text(extension)}"`}/>`;

/** Paragraphs that differ, so that they do not deflate to nothing. */
function filling(bytes: number): string {
  if (bytes === 0) return '';
  const lines: string[] = [];
  for (let length = 0, line = 0; length < bytes; line += 1) {
    const next = `<paragraph>Reading ${line}: ${((line * 7919) % 9973) / 10} mmol/L, checked by desk ${line % 17}.</paragraph>`;
    lines.push(next);
    length += next.length + 1;
  }
  return `<component><section><title>Readings</title><text>\n${lines.join('\n')}\n</text></section></component>`;
}

const text = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
