import { ALPHABET } from './base64.ts';

const SKIPPED = 64;
const PADDING = 65;
const FOREIGN = 66;
const VALUES = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (' \t\r\n'.includes(character)) return SKIPPED;
  if (character === '=') return PADDING;
  const value = ALPHABET.indexOf(character);
  return value < 0 ? FOREIGN : value;
});

/** Decodes base64 with any line length. Characters that are neither base64 nor white space, and data after padding, are refused. */
export function decodeBase64(text: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.allocUnsafe(Math.floor((text.length * 3) / 4) + 3);
  let length = 0;
  let digits = 0;
  let padding = 0;
  let bits = 0;
  for (const code of text) {
    const value = VALUES[code] ?? FOREIGN;
    if (value === SKIPPED) continue;
    if (value === PADDING) padding += 1;
    else if (value === FOREIGN || padding > 0) return undefined;
    else {
      bits = (bits << 6) | value;
      digits += 1;
      if (digits % 4 === 0) {
        bytes[length++] = bits >> 16;
        bytes[length++] = bits >> 8;
        bytes[length++] = bits;
        bits = 0;
      }
    }
  }
  return endOfBase64(bytes, length, digits % 4, padding, bits);
}

function endOfBase64(
  bytes: Buffer,
  length: number,
  digits: number,
  padding: number,
  bits: number,
): Uint8Array | undefined {
  if (digits === 0) return padding === 0 ? bytes.subarray(0, length) : undefined;
  if (digits === 1 || digits + padding !== 4) return undefined;
  bytes[length] = digits === 2 ? bits >> 4 : bits >> 10;
  if (digits === 3) bytes[length + 1] = bits >> 2;
  return bytes.subarray(0, length + digits - 1);
}
