import type { Patient } from '../../patient/patient.ts';
import { oneLine } from '../../characters.ts';
import type { PersonName } from '../../record/header.ts';
import type { SenderSettings } from '../../settings.ts';
import type { Assigned } from '../derive/oids.ts';
import { registeredName } from '../derive/patient-info.ts';
import type { PackagedDocument } from '../documents.ts';
import { escapeXml } from '../xml.ts';

export interface IndexContent {
  readonly sender: SenderSettings;
  readonly patient: Patient;
  readonly patientId: Assigned | undefined;
  readonly documents: readonly PackagedDocument[];
  readonly submissionTime: Date;
}

const FOLDER = 'IHE_XDM/SUBSET01/';

/**
 * INDEX.HTM: who sends, about whom, and what is inside, with links to the files. It runs nothing and fetches nothing.
 *
 * @see IHE ITI-32, 3.32.4.1.2, which asks for XHTML Basic
 */
export const indexPage = (content: IndexContent): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML Basic 1.1//EN" "http://www.w3.org/TR/xhtml-basic/xhtml-basic11.dtd">',
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en">',
    '<head>',
    '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />',
    '<title>Health record</title>',
    '</head>',
    '<body>',
    '<h1>Health record</h1>',
    ...about(content),
    '<h2>Documents</h2>',
    ...content.documents.flatMap(documentLines),
    '<h2>About this package</h2>',
    `<p>${link(`${FOLDER}METADATA.XML`, 'Description of the documents for computers')}</p>`,
    `<p>${link('README.TXT', 'How this package is laid out, and whom to ask')}</p>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');

const about = ({ sender, patient, patientId, submissionTime }: IndexContent): string[] =>
  table([
    ['Patient', shownName(registeredName(patient))],
    ['Born', patient.birthDate],
    ['Sex', patient.sex],
    ['Patient number', patientId && `${patientId.id} (issued under ${patientId.oid})`],
    ['Sent by', sender.name],
    ['Contact', sender.contact],
    ['Direct address', sender.address],
    ['Sent at', `${submissionTime.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
  ]);

function documentLines({ description, fileName, bytes }: PackagedDocument): string[] {
  const author = description.authors[0];
  return [
    `<h3>${link(FOLDER + fileName, description.title)}</h3>`,
    ...table([
      ['Type', description.typeCode?.display],
      ['Date', description.createdOn],
      ['Author', author?.person?.name && shownName(author.person.name)],
      ['From', description.from],
      ['Size', `${Math.ceil(bytes.length / 1024)} KB`],
    ]),
  ];
}

const table = (rows: readonly (readonly [string, string | undefined])[]): string[] => [
  '<table>',
  ...rows.flatMap(([label, value]) =>
    value ? [`<tr><th>${label}</th><td>${escapeXml(oneLine(value, 254))}</td></tr>`] : [],
  ),
  '</table>',
];

const link = (path: string, text: string): string => `<a href="${path}">${escapeXml(text)}</a>`;

const shownName = ({ prefix, given, family, suffix }: PersonName): string =>
  [prefix, ...given, family, suffix].filter(Boolean).join(' ');
