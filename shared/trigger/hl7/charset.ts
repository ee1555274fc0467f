import { done, fail, type Outcome } from '../../outcome.ts';

const ISO_8859 = /^8859\/([1-9]|15)$/;

/**
 * The name by which `TextDecoder` knows a character set of HL7 table 0211. One message in several, switched by escape
 * sequences (ISO 2022), is not read.
 *
 * @param names MSH-18; none or ASCII is read as UTF-8, of which ASCII is a part
 * @failure trigger/hl7-charset
 */
export function charsetOf(names: readonly string[]): Outcome<string> {
  const [name = '', ...others] = names;
  if (others.some((each) => each !== '')) return fail('trigger/hl7-charset');
  const known = name.trim().toUpperCase();
  if (['', 'ASCII', 'UNICODE UTF-8', 'UTF-8'].includes(known)) return done('utf-8');
  const part = ISO_8859.exec(known)?.[1];
  return part === undefined ? fail('trigger/hl7-charset') : done(`iso-8859-${part}`);
}

/** Whether every byte has to be right: who names no set may have written names of people in any. */
export const isNamed = (names: readonly string[]): boolean =>
  !['', 'ASCII'].includes((names[0] ?? '').trim().toUpperCase());

/** @failure trigger/hl7-charset bytes that are no text in it */
export function decoded(bytes: Uint8Array, charset: string, isStrict: boolean): Outcome<string> {
  try {
    return done(new TextDecoder(charset, { fatal: isStrict }).decode(bytes));
  } catch {
    return fail('trigger/hl7-charset');
  }
}
