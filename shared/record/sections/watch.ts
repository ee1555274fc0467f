import type { SaxesTagNS } from 'saxes';
import type { BodyWatch } from '../read-document.ts';
import type { FoundSections } from './found.ts';
import {
  begun,
  childOpened,
  entryChildOpened,
  isPresent,
  isSectionIn,
  type OpenSection,
} from './open-section.ts';

interface Watching {
  readonly found: { -readonly [Key in keyof FoundSections]: FoundSections[Key] };
  listen: Parameters<BodyWatch['begins']>[0];
  /** Below the body. */
  depth: number;
  /** The innermost section, or the body; absent before and behind the body. */
  open: OpenSection | undefined;
  /** The deepest tags that belong to the open section itself: its children's children. */
  reach: number;
}

/**
 * Finds the sections of a structured body as it goes by. What it keeps is as much as sections are open in each other,
 * and it looks at tags only where a section has its own; a body of any other shape has no sections.
 */
export function watchSections(): BodyWatch & { readonly found: FoundSections } {
  const watching: Watching = {
    found: {},
    listen: () => undefined,
    depth: 0,
    open: undefined,
    reach: -Infinity,
  };
  return {
    found: watching.found,
    begins(listen) {
      watching.listen = listen;
      lookWithin(watching, begun(0));
    },
    opened(tag) {
      watching.depth += 1;
      if (watching.depth <= watching.reach) opened(watching, tag);
    },
    closed() {
      if (watching.depth < watching.reach) closed(watching);
      watching.depth -= 1;
    },
  };
}

function lookWithin(watching: Watching, section: OpenSection | undefined): void {
  watching.open = section;
  watching.reach = section ? section.depth + 2 : -Infinity;
}

function opened(watching: Watching, tag: SaxesTagNS): void {
  const { open, depth, reach } = watching;
  if (!open) return;
  if (depth < reach) {
    childOpened(open, tag);
    if (open.inside === 'text') hearNarrative(watching, open);
  } else if (isSectionIn(open, tag)) lookWithin(watching, begun(depth, open, tag));
  else if (open.inside === 'entry') entryChildOpened(open, tag);
}

/** The first character that is no blank is enough. */
function hearNarrative({ listen }: Watching, section: OpenSection): void {
  listen((text) => {
    if (text.trim() === '') return;
    section.hasNarrative = true;
    listen(undefined);
  });
}

function closed(watching: Watching): void {
  const { open, depth, found } = watching;
  if (!open) return;
  if (open.inside === 'text') watching.listen(undefined);
  open.inside = undefined;
  if (depth > open.depth) return;
  if (open.around) keepBest(found, open, open.around);
  lookWithin(watching, open.around);
}

/** What is found twice stands as the better of the two. */
function keepBest(found: Watching['found'], section: OpenSection, around: OpenSection): void {
  const key = section.byTemplate ?? section.byCode;
  const state = isPresent(section) ? 'present' : 'empty';
  if (state === 'present') around.hasPart = true;
  if (key && found[key] !== 'present') found[key] = state;
}
