import { oneLine } from '../../../characters.ts';

/** What a browser would take for markup, also when a page forgets to escape it. */
const TAGS = /<[^<>]{0,200}>/g;
const ANGLES = /[<>]/g;

/** Text of a stranger as a name may be shown: one line, all of it seen, no markup. Undefined when nothing is left. */
export function harmless(text: string | undefined, maxLength: number): string | undefined {
  const bare = text?.replace(TAGS, ' ').replace(ANGLES, ' ') ?? '';
  const line = oneLine(bare, maxLength);
  return line === '' ? undefined : line;
}
