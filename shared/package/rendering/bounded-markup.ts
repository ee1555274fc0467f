import { escapeXml } from '../xml.ts';

/** Markup that is written in order and never grows much beyond a limit; what was opened is always closed. */
export interface Markup {
  /** The limit is reached, or somebody said that it is enough: nothing more is taken. */
  readonly isFull: boolean;
  /** @param attributes markup, with a blank before each */
  element(name: string, inside: () => void, attributes?: string): void;
  empty(name: string): void;
  text(text: string): void;
  stop(): void;
  whole(): string;
}

/** Text is taken in pieces, so that the limit is passed by one of them at most. */
const PIECE = 1024;

/** @param limitBytes of UTF-8; closing tags come on top */
export function boundedMarkup(limitBytes: number): Markup {
  const pieces: string[] = [];
  let sizeBytes = 0;
  let isFull = false;
  const add = (markup: string): void => {
    pieces.push(markup);
    sizeBytes += Buffer.byteLength(markup);
  };
  /** Not asked where a tag opens: what must not be empty gets its first child in any case. */
  const measure = (): void => {
    if (sizeBytes > limitBytes) isFull = true;
  };
  return {
    get isFull() {
      return isFull;
    },
    element(name, inside, attributes = '') {
      if (isFull) return;
      add(`<${name}${attributes}>`);
      inside();
      add(`</${name}>`);
      measure();
    },
    empty(name) {
      if (!isFull) add(`<${name} />`);
      measure();
    },
    text(text) {
      for (const piece of piecesOf(text)) {
        if (isFull) return;
        add(escapeXml(piece));
        measure();
      }
    },
    stop() {
      isFull = true;
    },
    whole: () => pieces.join(''),
  };
}

function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = at + PIECE;
    // Half a character is none, and would be lost.
    const whole = /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end + 1 : end;
    yield text.slice(at, whole);
    at = whole;
  }
}
