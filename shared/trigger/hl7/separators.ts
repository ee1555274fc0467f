/** The characters that structure a message; each message names its own, in MSH-1 and MSH-2. */
export interface Separators {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

export const USUAL: Separators = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
};

/** Printable ASCII that is neither a letter nor a digit nor a blank. */
const SEPARATOR = /^[!-/:-@[-`{-~]$/;

/**
 * Reads MSH-1 and MSH-2, of which each has to stand for one thing only. A fifth character of MSH-2, the mark of what was
 * cut short, means nothing here.
 *
 * @param line the segment MSH
 * @returns undefined when they are none. @see HL7 v2.9 chapter 2, 2.14.9.1 and 2.14.9.2
 */
export function separatorsOf(line: string): Separators | undefined {
  const field = line.charAt(3);
  const encoding = line.slice(4).split(field, 1)[0] ?? '';
  const [component = '', repetition = '', escape = '', subcomponent = ''] = encoding;
  const all = [field, ...encoding.split('')];
  const isUsable =
    encoding.length >= 4 &&
    encoding.length <= 5 &&
    all.every((each) => SEPARATOR.test(each)) &&
    new Set(all).size === all.length;
  return isUsable ? { field, component, repetition, escape, subcomponent } : undefined;
}
