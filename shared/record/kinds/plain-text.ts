import { isUtf8 } from 'node:buffer';
import { done, fail, type Outcome } from '../../outcome.ts';

const BLANK = 0x20;
/** Tab, line feed, form feed, carriage return. */
const LAYOUT = [0x09, 0x0a, 0x0c, 0x0d];

/**
 * Whether a file is text that everybody reads alike: UTF-8, and of the control characters only those that lay it out.
 *
 * @failure record/not-text
 */
export function checkPlainText(bytes: Uint8Array): Outcome<void> {
  const isText =
    bytes.length > 0 &&
    isUtf8(bytes) &&
    bytes.every((byte) => byte >= BLANK || LAYOUT.includes(byte));
  return isText ? done(undefined) : fail('record/not-text');
}
