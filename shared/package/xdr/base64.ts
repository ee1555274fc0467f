/** In pieces: one that takes megabytes at once may run out of stack. */
const BLANKS = /[ \t\r\n]{1,1000}/g;

/**
 * Bytes of base64 in lines of any length. What does not belong is looked for: a pattern of the whole, too, runs out of stack
 * at some megabytes.
 *
 * @returns undefined when it is not whole, or something else stands in it
 */
export function decodedBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(BLANKS, '');
  const bare = digits.endsWith('==') ? digits.slice(0, -2) : digits.replace(/=$/, '');
  if (digits.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(bare)) return undefined;
  return Buffer.from(digits, 'base64');
}
