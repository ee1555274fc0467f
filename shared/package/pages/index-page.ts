import type { DirectAddress } from '../../ids.ts';
import type { Language } from '../../language.ts';
import type { Patient } from '../../patient/patient.ts';
import type { Confidentiality } from '../../record/sensitivity.ts';
import type { SenderSettings } from '../../settings.ts';
import type { Assigned } from '../derive/oids.ts';
import { SET_FOLDER } from '../folder.ts';
import type { DocumentFiles } from '../rendering/document-files.ts';
import { dateInWords, timeInWords } from './dates.ts';
import { documentFacts } from './document-facts.ts';
import { patientName } from './names.ts';
import { escapeXml } from '../xml.ts';
import { wordsIn, type Words } from './words.ts';
import { factTable, link, paragraph, xhtmlPage } from './xhtml.ts';

export interface IndexContent {
  readonly language: Language;
  /** The patient did not ask for it. */
  readonly attested?: boolean | undefined;
  readonly sender: SenderSettings;
  readonly recipient: DirectAddress;
  readonly patient: Patient;
  readonly patientId: Assigned | undefined;
  readonly documents: readonly DocumentFiles[];
  /** How many documents of the record were left out. */
  readonly excluded: number;
  /** Whether the recipient is to be told that the law may forbid to pass a document on. */
  readonly notice: boolean;
  readonly confidentiality: Confidentiality;
  readonly submissionTime: Date;
}

/**
 * INDEX.HTM, for the patient and for whoever opens the package: who sent it, for whom, and what is inside, with links
 * to the files.
 *
 * @see IHE ITI-32, 3.32.4.1.2, which asks for XHTML Basic
 */
export function indexPage(content: IndexContent): string {
  const words = wordsIn(content.language);
  const title = words.recordOf(patientName(content.patient));
  return xhtmlPage(content.language, words.record, [
    `<h1>${escapeXml(title)}</h1>`,
    paragraph((content.attested ? words.sent : words.sentBecause)(content.sender.name)),
    ...about(content, words),
    ...(content.notice ? [paragraph(words.notice)] : []),
    `<h2>${words.documents}</h2>`,
    ...omission(content, words),
    paragraph(words.unpackFirst),
    ...content.documents.flatMap((document) => documentLines(document, words)),
    `<h2>${words.aboutPackage}</h2>`,
    `<p>${link('README.TXT', words.readmeLink)}</p>`,
    `<p>${link(`${SET_FOLDER}METADATA.XML`, words.metadataLink)}</p>`,
  ]);
}

const about = (content: IndexContent, words: Words): readonly string[] => {
  const { patient, patientId, sender, recipient, submissionTime } = content;
  return factTable([
    [words.patient, patientName(patient)],
    [words.born, dateInWords(patient.birthDate, words)],
    [words.sex, words.sexes[patient.sex]],
    [words.patientNumber, patientId?.id],
    [words.sender, sender.name],
    [words.contact, sender.contact],
    [words.directAddress, sender.address],
    [words.sentTo, recipient],
    [words.sentOn, timeInWords(submissionTime, words)],
    [words.privacy, words.confidentialities[content.confidentiality]],
  ]);
};

/** Does not say why: that a record has something to hide is what the rule protects. */
const omission = ({ excluded, sender }: IndexContent, words: Words): readonly string[] =>
  excluded === 0 ? [] : [paragraph(words.leftOut(excluded, sender.name))];

function documentLines({ document, page }: DocumentFiles, words: Words): readonly string[] {
  const { description, fileName, bytes } = document;
  return [
    `<h3>${link(SET_FOLDER + (page?.fileName ?? fileName), description.title)}</h3>`,
    ...factTable([
      ...documentFacts(document, words),
      [words.size, `${Math.ceil(bytes.length / 1024)} KB`],
    ]),
    ...(page ? [`<p>${link(SET_FOLDER + fileName, words.originalFile)}</p>`] : []),
  ];
}
