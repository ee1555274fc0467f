import { seeded } from '../../support/memory/seeded.ts';

/** More than deflate looks back over, many times: beyond 32 KB a repetition is as good as new. */
const SECTIONS = 400;
const ROWS = 8;

const TESTS = [
  ['2345-7', 'Glucose [Mass/volume] in Serum or Plasma', 'mg/dL'],
  ['718-7', 'Hemoglobin [Mass/volume] in Blood', 'g/dL'],
  ['6690-2', 'Leukocytes [#/volume] in Blood by Automated count', '10*3/uL'],
  ['2951-2', 'Sodium [Moles/volume] in Serum or Plasma', 'mmol/L'],
  ['2160-0', 'Creatinine [Mass/volume] in Serum or Plasma', 'mg/dL'],
  ['4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', '%'],
  ['8480-6', 'Systolic blood pressure', 'mm[Hg]'],
  ['29463-7', 'Body weight', 'kg'],
] as const;

const WORDS = (
  'patient reports denies mild moderate severe pain chest abdomen headache cough fever since yesterday ' +
  'morning evening week month improved worse unchanged medication tolerated well without side effects dose ' +
  'increased reduced stopped continued follow up in clinic laboratory imaging shows no acute findings left ' +
  'right upper lower lobe stable chronic hypertension diabetes asthma allergy family history of mother father ' +
  'smoking never former current alcohol occasional exercise walks daily sleep appetite weight loss gain advised ' +
  'counselled referred cardiology oncology surgery physical therapy discussed plan understood agreed'
).split(' ');

/** Sections of laboratory results, each with a note, a table and an entry for every row: as varied as a real record. */
export function inventedSections(): readonly string[] {
  const random = seeded(20_141_101);
  return Array.from({ length: SECTIONS }, (_, at) => section(at, random));
}

function section(at: number, random: () => number): string {
  const rows = Array.from({ length: ROWS }, (_, row) => resultOf(`${at}.${row}`, random));
  return `<component><section>
<templateId root="2.16.840.1.113883.10.20.22.2.3.1" extension="2015-08-01"/>
<code code="30954-2" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC"/>
<title>Results ${at + 1}</title>
<text><paragraph>${note(60, random)}</paragraph><table><tbody>
${rows.map(({ narrative }) => narrative).join('\n')}
</tbody></table></text>
${rows.map(({ entry }) => entry).join('\n')}
</section></component>`;
}

const note = (words: number, random: () => number): string =>
  Array.from({ length: words }, () => pick(WORDS, random)).join(' ');

function resultOf(id: string, random: () => number) {
  const [code, name, unit] = pick(TESTS, random);
  const value = (random() * 200).toFixed(1);
  const time = `20${digits(10, 26, random)}${digits(1, 12, random)}${digits(1, 28, random)}${digits(0, 23, random)}${digits(0, 59, random)}`;
  const narrative = `<tr ID="r${id}"><td>${name}</td><td>${value} ${unit}</td><td>${time}</td><td>${note(8, random)}</td></tr>`;
  const entry = `<entry typeCode="DRIV"><organizer classCode="BATTERY" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.22.4.1" extension="2015-08-01"/>
<id root="${uuid(random)}"/>
<code code="${code}" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC" displayName="${name}"/>
<statusCode code="completed"/>
<component><observation classCode="OBS" moodCode="EVN">
<templateId root="2.16.840.1.113883.10.20.22.4.2" extension="2015-08-01"/>
<id root="${uuid(random)}"/>
<code code="${code}" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC" displayName="${name}"/>
<text><reference value="#r${id}"/></text>
<statusCode code="completed"/>
<effectiveTime value="${time}"/>
<value xsi:type="PQ" value="${value}" unit="${unit}"/>
<interpretationCode code="${pick(['N', 'H', 'L'], random)}" codeSystem="2.16.840.1.113883.5.83"/>
</observation></component>
</organizer></entry>`;
  return { narrative, entry };
}

const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)]!;

const uuid = (random: () => number): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () =>
    Math.floor(random() * 16).toString(16),
  );

const digits = (from: number, to: number, random: () => number): string =>
  String(from + Math.floor(random() * (to - from + 1))).padStart(2, '0');
