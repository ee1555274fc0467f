import type { SaxesTagNS } from 'saxes';
import { HL7, LOINC } from '../clinical-document.ts';
import { MEANINGFUL_USE_SECTIONS, type SectionKey } from './meaningful-use.ts';

const BY_TEMPLATE = new Map<string, SectionKey>(
  MEANINGFUL_USE_SECTIONS.flatMap(({ key, templates }) => templates.map((root) => [root, key])),
);
const BY_LOINC = new Map<string, SectionKey>(
  MEANINGFUL_USE_SECTIONS.flatMap(({ key, loinc }) => loinc.map((code) => [code, key])),
);

/** What an entry may say, besides its own template ids. @see CDA R2, clinicalStatement */
const STATEMENTS = new Set([
  'act',
  'encounter',
  'observation',
  'observationMedia',
  'organizer',
  'procedure',
  'regionOfInterest',
  'substanceAdministration',
  'supply',
]);

/** What is known so far of a section that is open, or of the body itself, in which sections lie as they do in a section. */
export interface OpenSection {
  /** Absent in the body. */
  readonly around: OpenSection | undefined;
  readonly depth: number;
  readonly isNull: boolean;
  /** The child that is open, where something of it matters. */
  inside: 'component' | 'entry' | 'text' | undefined;
  byTemplate: SectionKey | undefined;
  byCode: SectionKey | undefined;
  entries: 'none' | 'null' | 'some';
  hasNarrative: boolean;
  /** A section inside says something. */
  hasPart: boolean;
}

export const begun = (depth: number, around?: OpenSection, tag?: SaxesTagNS): OpenSection => ({
  around,
  depth,
  isNull: tag !== undefined && isNull(tag),
  inside: undefined,
  byTemplate: undefined,
  byCode: undefined,
  entries: 'none',
  hasNarrative: false,
  hasPart: false,
});

const attributeOf = (tag: SaxesTagNS, name: string): string | undefined =>
  tag.attributes[name]?.value;

const isNull = (tag: SaxesTagNS): boolean => Boolean(attributeOf(tag, 'nullFlavor'));

export const isSectionIn = ({ inside }: OpenSection, { uri, local }: SaxesTagNS): boolean =>
  inside === 'component' && uri === HL7 && local === 'section';

/** The first template of the list and the first code of it decide; a later one may be a slip of the copier's. */
export function childOpened(section: OpenSection, tag: SaxesTagNS): void {
  if (tag.uri !== HL7) return;
  switch (tag.local) {
    case 'templateId':
      section.byTemplate ??= BY_TEMPLATE.get(attributeOf(tag, 'root') ?? '');
      return;
    case 'code':
      section.byCode ??= loincOf(tag);
      return;
    case 'component':
      section.inside = 'component';
      return;
    case 'text':
      if (!isNull(tag)) section.inside = 'text';
      return;
    case 'entry':
      if (!isNull(tag)) section.inside = 'entry';
      else if (section.entries === 'none') section.entries = 'null';
  }
}

export function entryChildOpened(section: OpenSection, tag: SaxesTagNS): void {
  if (tag.uri !== HL7 || !STATEMENTS.has(tag.local)) return;
  if (!isNull(tag)) section.entries = 'some';
  else if (section.entries === 'none') section.entries = 'null';
}

/** Real documents leave the code system out. */
function loincOf(tag: SaxesTagNS): SectionKey | undefined {
  const system = attributeOf(tag, 'codeSystem') ?? LOINC;
  return system === LOINC ? BY_LOINC.get(attributeOf(tag, 'code') ?? '') : undefined;
}

/**
 * By structure, whatever the words: a nullFlavor says that there is no information, and the narrative of a section whose
 * entries all have one only puts that into words ("Not on file").
 */
export const isPresent = (section: OpenSection): boolean =>
  !section.isNull &&
  (section.hasPart ||
    section.entries === 'some' ||
    (section.entries === 'none' && section.hasNarrative));
