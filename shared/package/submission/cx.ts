import { isOid } from '../../oid.ts';
import type { Identifier } from '../../patient/patient.ts';

const ESCAPED: Readonly<Record<string, string>> = { E: '\\', F: '|', S: '^', R: '~', T: '&' };

const unescaped = (text: string): string =>
  text.replace(/\\([EFSRT])\\/g, (_, letter: string) => ESCAPED[letter] ?? '');

/**
 * The identifier that a CX of IHE is: a number, and the OID of whoever assigned it. Undefined when it is none.
 *
 * @see IHE ITI TF-3, table 4.2.3.1.7-2
 */
export function identifierOfCx(text: string): Identifier | undefined {
  const [number = '', , , authority = ''] = text.trim().split('^');
  const [, oid = '', kind = ''] = authority.split('&');
  const value = unescaped(number).trim();
  return value !== '' && isOid(oid) && kind.toUpperCase() === 'ISO'
    ? { system: oid, value }
    : undefined;
}
