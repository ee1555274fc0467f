/** What stands in one piece: a list has a line for each item, everything else one line. */
export interface Block {
  /** Headings stand below that of the screen. */
  readonly tag: 'h3' | 'h4' | 'p' | 'ul';
  readonly lines: readonly string[];
}

/** Words of one kind. */
export interface Span {
  readonly text: string;
  readonly isStrong: boolean;
}

/**
 * Reads what consent texts are written in: of Markdown the headings, lists, paragraphs and bold words. All else stays as it
 * was typed, and is shown as that: nothing in a text can become more than words.
 */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { tag: Block['tag']; lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const [, mark, words] = /^(?:(#{1,6}|[-*]) )?(.*)/.exec(line.trim()) ?? [];
    const tag = !mark ? 'p' : mark === '#' ? 'h3' : mark[0] === '#' ? 'h4' : 'ul';
    if (!words) {
      open = undefined;
    } else if (open && tag === 'p') {
      open.lines.push(`${open.lines.pop() ?? ''} ${words}`);
    } else if (open?.tag === 'ul' && tag === 'ul') {
      open.lines.push(words);
    } else {
      const block = { tag, lines: [words] } satisfies Block;
      blocks.push(block);
      open = tag === 'h3' || tag === 'h4' ? undefined : block;
    }
  }
  return blocks;
}

/** A line with its bold words apart; stars without a partner are stars. */
export const spansOf = (line: string): readonly Span[] =>
  line.split(/\*\*(?! )(.+?)(?<! )\*\*/).map((text, at) => ({ text, isStrong: at % 2 === 1 }));
