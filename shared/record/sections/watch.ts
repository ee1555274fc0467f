import type { SaxesTagNS } from 'saxes';
import { HL7, type BodyWatch } from '../read-document.ts';
import type { FoundSections } from './found.ts';
import { LOINC, MEANINGFUL_USE_SECTIONS, type SectionKey } from './meaningful-use.ts';

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

type Finds = { -readonly [Key in keyof FoundSections]: FoundSections[Key] };

/** A section that is open, or the body itself, in which sections lie as they do in a section. */
interface Open {
  readonly around: Open | undefined;
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

const begun = (around: Open | undefined, depth: number, isNull: boolean): Open => ({
  around,
  depth,
  isNull,
  inside: undefined,
  byTemplate: undefined,
  byCode: undefined,
  entries: 'none',
  hasNarrative: false,
  hasPart: false,
});

/**
 * Finds the sections of a structured body as it goes by. What it keeps is as much as sections are open in each other,
 * and it looks at tags only where a section has its own; a body of any other shape has no sections.
 */
export function watchSections(): BodyWatch & { readonly found: FoundSections } {
  const found: Finds = {};
  let depth = 0;
  let open: Open | undefined = begun(undefined, 0, false);
  return {
    found,
    get wantsText() {
      return open?.inside === 'text' && !open.hasNarrative;
    },
    opened(tag) {
      depth += 1;
      if (!open || depth > open.depth + 2) return;
      if (depth === open.depth + 1) childOpened(open, tag);
      else if (isSectionIn(open, tag)) open = begun(open, depth, isNull(tag));
      else if (open.inside === 'entry') statementOpened(open, tag);
    },
    closed() {
      if (depth === open?.depth) {
        if (open.around) closeSection(open, open.around, found);
        open = open.around;
      } else if (open && depth === open.depth + 1) open.inside = undefined;
      depth -= 1;
    },
    text(text) {
      if (open && text.trim() !== '') open.hasNarrative = true;
    },
  };
}

const attributeOf = (tag: SaxesTagNS, name: string): string | undefined =>
  tag.attributes[name]?.value;

const isNull = (tag: SaxesTagNS): boolean => Boolean(attributeOf(tag, 'nullFlavor'));

const isSectionIn = ({ inside }: Open, { uri, local }: SaxesTagNS): boolean =>
  inside === 'component' && uri === HL7 && local === 'section';

/** The first template of the list and the first code decide; a later one may be a slip of the copier's. */
function childOpened(section: Open, tag: SaxesTagNS): void {
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

function statementOpened(section: Open, tag: SaxesTagNS): void {
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
const isPresent = ({ isNull: saysNothing, entries, hasNarrative, hasPart }: Open): boolean =>
  !saysNothing && (hasPart || entries === 'some' || (entries === 'none' && hasNarrative));

/** What is found twice stands as the better of the two. */
function closeSection(section: Open, around: Open, found: Finds): void {
  const key = section.byTemplate ?? section.byCode;
  const state = isPresent(section) ? 'present' : 'empty';
  if (state === 'present') around.hasPart = true;
  if (key && found[key] !== 'present') found[key] = state;
}
