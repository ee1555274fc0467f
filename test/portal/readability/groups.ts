import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enPages, en } from '../../../portal/words/en.ts';
import { es, esPages } from '../../../portal/words/es.ts';
import type { Language } from '../../../portal/words/words.ts';
import { FAILURES, type FailureCode } from '../../../shared/failures.ts';
import { SENTENCES } from '../../../shared/report/activity/sentences.ts';
import { saysOf } from '../../../shared/says-of.ts';
import { BY_HISP } from '../../../shared/trust/reachability.ts';
import { proseOf } from './text.ts';

export interface Texts {
  readonly [name: string]: string | Texts;
}

/** Texts that are read one after the other. */
export interface Group {
  readonly name: string;
  readonly texts: readonly string[];
  /** Whether people read every word of it; a few refusals are met by programs alone, and say so in words of their trade. */
  readonly isForPeople: boolean;
}

/** Only programs are ever told of them. */
const NAMES_OF_A_PROTOCOL = /Idempotency-Key|ClinicalDocument/;

const ROOT = join(import.meta.dirname, '../../..');

export const textsIn = (texts: string | Texts): readonly string[] =>
  typeof texts === 'string' ? [texts] : Object.values(texts).flatMap(textsIn);

/** The screens, each by itself; what several of them say is one more. */
function screens(language: Language): readonly Group[] {
  const [all, pages]: readonly Texts[] = language === 'en' ? [en, enPages] : [es, esPages];
  const apart = Object.entries({ ...all, pages: pages ?? {} });
  const isScreen = ([, texts]: readonly [string, string | Texts]): boolean =>
    textsIn(texts).length > 6;
  return [
    ...apart.filter(isScreen).map(([name, texts]) => ({
      name,
      texts: textsIn(texts),
      isForPeople: true,
    })),
    {
      name: 'what several screens say',
      texts: apart.filter((each) => !isScreen(each)).flatMap(([, texts]) => textsIn(texts)),
      isForPeople: true,
    },
  ];
}

/** Every consent text that was ever published, by its version. */
function consentTexts(language: Language): readonly Group[] {
  const folder = join(ROOT, 'infra/config/consent-texts', language);
  return readdirSync(folder).map((file) => ({
    name: `consent text ${file}`,
    texts: [proseOf(readFileSync(join(folder, file), 'utf8'))],
    isForPeople: true,
  }));
}

/** What the API says of refusals and of copies that failed, by the step that they are of: a screen shows it as it comes. */
function failures(language: Language): readonly Group[] {
  const codes = Object.keys(FAILURES) as readonly FailureCode[];
  const steps = new Set(codes.map((code) => code.split('/')[0] ?? ''));
  return [...steps].map((step) => ({
    name: `failures of ${step}`,
    texts: codes
      .filter((code) => code.startsWith(`${step}/`))
      .map((code) => saysOf(code, language).replace(NAMES_OF_A_PROTOCOL, 'Ana')),
    isForPeople: false,
  }));
}

/** What else the API says that a screen shows. */
const saidByTheApi = (language: Language): readonly Group[] => [
  { name: 'activity', texts: Object.values(SENTENCES[language]), isForPeople: true },
  { name: 'addresses that nobody here checks', texts: [BY_HISP[language]], isForPeople: true },
];

export const groupsIn = (language: Language): readonly Group[] => [
  ...screens(language),
  ...consentTexts(language),
  ...failures(language),
  ...saidByTheApi(language),
];
