import { createHash } from 'node:crypto';
import { oneLine } from '../../characters.ts';
import { base32, type MessageId } from '../../ids.ts';

/** RFC 5322: a line is at most 998 characters without its CRLF. */
const LONGEST_PIECE = 900;

/**
 * One header field, folded between its pieces.
 *
 * @throws Error on anything but printable ASCII: no value can leave its line and become a header of its own
 */
export function headerLine(name: string, ...pieces: readonly string[]): string {
  for (const piece of pieces) {
    if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(piece) || piece.length > LONGEST_PIECE) {
      throw new Error(`A piece of the header ${name} is not printable ASCII of a sane length`);
    }
  }
  return `${name}: ${pieces.join('\r\n ')}\r\n`;
}

/** An RFC 5322 date-time, in UTC. */
export function mailDate(date: Date): string {
  if (Number.isNaN(date.getTime())) throw new Error('A message needs a date');
  return date.toUTCString().replace('GMT', '+0000');
}

const PLAIN_WORDS = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;
const LONGEST_NAME = 120;

/**
 * A display name as pieces of a header: plain words as they are, anything else as RFC 2047 encoded-words, an empty name as no piece.
 * It is one line before it is encoded, so that a reader who decodes the words cannot be given a line break either.
 */
export function displayName(name: string): readonly string[] {
  const clean = oneLine(name, LONGEST_NAME);
  if (clean === '') return [];
  return PLAIN_WORDS.test(clean) && clean.length <= 60 ? [clean] : encodedWords(clean);
}

/** An encoded-word is at most 75 characters: 12 of frame, and base64 of 45 bytes in whole characters. */
function encodedWords(text: string): readonly string[] {
  const words: string[] = [];
  let held = '';
  for (const character of text) {
    if (Buffer.byteLength(held + character) > 45) {
      words.push(held);
      held = '';
    }
    held += character;
  }
  return [...words, held].map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`);
}

/** A multipart boundary that nobody guesses who does not know the seed, and that is the same each time. */
export const boundaryOf = (seed: MessageId | Uint8Array, role: string): string =>
  `=_${base32(createHash('sha256').update(role).update('\0').update(seed).digest()).slice(0, 32)}`;
