import type { Language } from '../../language.ts';
import type { Patient } from '../../patient/patient.ts';
import type { Confidentiality } from '../../record/sensitivity.ts';
import { ENGLISH } from './english.ts';
import { SPANISH } from './spanish.ts';

/** Everything that a package and its message say in words of ours. Readable at grade 8. */
export interface Words {
  readonly language: Language;
  /** January first, as it stands inside a date. */
  readonly months: readonly string[];
  /** @param month one of `months` */
  readonly dayOf: (day: number, month: string, year: string) => string;
  readonly monthOf: (month: string, year: string) => string;

  /** First words of the message, and the whole of what a machine may look for in it. */
  readonly message: (holder: string) => string;
  /** The same where the patient did not ask for it. */
  readonly unaskedMessage: (holder: string) => string;
  /** The whole of the message without health data that goes before the first copy to an address. */
  readonly probe: (holder: string, contact: string) => string;
  /** What to do with the attachment. */
  readonly attachment: (fileName: string) => string;
  /** What the recipient of a sensitive document is told. */
  readonly notice: string;

  readonly record: string;
  readonly recordOf: (patient: string) => string;
  readonly sentBecause: (holder: string) => string;
  /** The same where the patient did not ask for it. */
  readonly sent: (holder: string) => string;
  readonly unpackFirst: string;
  readonly leftOut: (documents: number, holder: string) => string;

  readonly patient: string;
  readonly born: string;
  readonly sex: string;
  readonly sexes: Readonly<Record<Patient['sex'], string>>;
  readonly patientNumber: string;
  readonly sender: string;
  readonly contact: string;
  readonly directAddress: string;
  readonly sentTo: string;
  readonly sentOn: string;
  readonly privacy: string;
  /** What is not restricted has nothing to say. */
  readonly confidentialities: Readonly<Partial<Record<Confidentiality, string>>>;

  readonly documents: string;
  readonly document: string;
  readonly type: string;
  /** Names of document types by LOINC code; for any other type the document's own name stands. */
  readonly documentTypes: Readonly<Record<string, string>>;
  readonly date: string;
  readonly author: string;
  readonly from: string;
  readonly size: string;
  readonly originalFile: string;

  readonly aboutPackage: string;
  readonly metadataLink: string;
  readonly readmeLink: string;

  readonly readme: ReadmeWords;

  /** On the page that is made of a document. */
  readonly onlyAPage: string;
  readonly contents: string;
  readonly noText: string;
  /** Stands before text that its author has struck out. */
  readonly struckOut: string;
  readonly cut: string;
}

/** The lines of README.TXT. */
export interface ReadmeWords {
  readonly intro: string;
  readonly sentBy: string;
  readonly institution: string;
  readonly contact: string;
  readonly madeWith: string;
  readonly product: string;
  readonly vendor: string;
  readonly askInstitution: (product: string) => string;
  readonly layout: string;
  readonly thisText: string;
  readonly index: string;
  readonly folder: string;
  readonly metadata: string;
  readonly documents: string;
  readonly pages: string;
}

const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, es: SPANISH };

export const wordsIn = (language: Language): Words => WORDS[language];
