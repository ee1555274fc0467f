import { SAMPLE_SECTIONS } from './sections.ts';

/** A patient who does not exist. */
export interface SamplePatient {
  /** The data holder's own id. */
  readonly id: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly name: { readonly family: string; readonly given: readonly string[] };
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  readonly sex: 'female' | 'male' | 'other' | 'unknown';
  readonly language: string;
}

/** HL7 AdministrativeGender. */
const SEX_CODES = { female: 'F', male: 'M', other: 'UN', unknown: 'UN' } as const;

/** 2.999 is the arc for examples. */
const MRN_SYSTEM = '2.999.1.4';

export const SAMPLE_PATIENTS = {
  ana: {
    id: 'sample-ana',
    identifiers: [{ system: MRN_SYSTEM, value: 'MRN-1001' }],
    name: { family: 'Rivera', given: ['Ana', 'Lucía'] },
    birthDate: '1984-03-09',
    sex: 'female',
    language: 'en',
  },
  samuel: {
    id: 'sample-samuel',
    identifiers: [{ system: MRN_SYSTEM, value: 'MRN-1002' }],
    name: { family: 'Okafor', given: ['Samuel'] },
    birthDate: '1957-11-21',
    sex: 'male',
    language: 'en',
  },
} as const satisfies Record<string, SamplePatient>;

/**
 * A Continuity of Care Document (C-CDA R2.1, US Realm Header) about a sample patient, UTF-8. Everything in it is made up.
 */
export const sampleRecord = (patient: SamplePatient): Uint8Array =>
  Buffer.from(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc">',
      identification(patient),
      recordTarget(patient),
      participants,
      '<component><structuredBody>',
      SAMPLE_SECTIONS,
      '</structuredBody></component>',
      '</ClinicalDocument>',
      '',
    ].join('\n'),
  );

const identification = ({ id }: SamplePatient): string => `<realmCode code="US"/>
<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
<templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
<id root="2.999.1.5" extension="CCD-${id}"/>
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC" displayName="Summarization of Episode Note"/>
<title>Summary of care</title>
<effectiveTime value="20261120101500-0500"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
<languageCode code="en-US"/>`;

const recordTarget = (patient: SamplePatient): string => `<recordTarget><patientRole>
${patient.identifiers.map(({ system, value }) => `<id root="${system}" extension="${value}"/>`).join('\n')}
<addr use="HP"><streetAddressLine>12 Sample Street</streetAddressLine><city>Springfield</city><state>IL</state><postalCode>62701</postalCode><country>US</country></addr>
<telecom use="HP" value="tel:+1-217-555-0100"/>
<patient>
<name use="L">${patient.name.given.map((given) => `<given>${given}</given>`).join('')}<family>${patient.name.family}</family></name>
<administrativeGenderCode code="${SEX_CODES[patient.sex]}" codeSystem="2.16.840.1.113883.5.1"/>
<birthTime value="${patient.birthDate.replaceAll('-', '')}"/>
<languageCommunication><languageCode code="en"/></languageCommunication>
</patient>
<providerOrganization>${organization}</providerOrganization>
</patientRole></recordTarget>`;

const organization = `<id root="2.999.1"/><name>Example Health</name><telecom use="WP" value="tel:+1-555-555-0100"/>
<addr use="WP"><streetAddressLine>1 Example Square</streetAddressLine><city>Springfield</city><state>IL</state><postalCode>62701</postalCode><country>US</country></addr>`;

const participants = `<author>
<time value="20261120101500-0500"/>
<assignedAuthor>
<id root="2.999.1.6" extension="AUTHOR-1"/>
<addr use="WP"><streetAddressLine>1 Example Square</streetAddressLine><city>Springfield</city><state>IL</state><postalCode>62701</postalCode><country>US</country></addr>
<telecom use="WP" value="tel:+1-555-555-0101"/>
<assignedPerson><name><given>Lee</given><family>Morgan</family><suffix>MD</suffix></name></assignedPerson>
<representedOrganization>${organization}</representedOrganization>
</assignedAuthor>
</author>
<custodian><assignedCustodian><representedCustodianOrganization>${organization}</representedCustodianOrganization></assignedCustodian></custodian>
<documentationOf><serviceEvent classCode="PCPR"><effectiveTime><low value="20260101"/><high value="20261120"/></effectiveTime></serviceEvent></documentationOf>`;
