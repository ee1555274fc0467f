import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Writes where a list goes on so that only we can have written it, and only for the list that it was written for. */
export interface Cursors {
  /** @param list whatever tells this list from all others: its name, whose it is, who reads it */
  write(after: string, list: readonly string[]): string;
  /** Undefined when it is none of ours, or of another list. */
  read(cursor: string, list: readonly string[]): string | undefined;
}

/** 128 bits: nobody guesses them. */
const TAG_BYTES = 16;

/** @param secret of the deployment; what is made of it here serves for nothing else */
export function cursorsWith(secret: string): Cursors {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'direct-transmit cursors', 32));
  const tagOf = (after: string, list: readonly string[]): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([after, ...list]))
      .digest()
      .subarray(0, TAG_BYTES);
  return {
    write: (after, list) =>
      Buffer.concat([tagOf(after, list), Buffer.from(after)]).toString('base64url'),
    read(cursor, list) {
      const bytes = Buffer.from(cursor, 'base64url');
      // One cursor has one writing: what decodes to the same bytes is not yet the same text.
      if (bytes.length <= TAG_BYTES || bytes.toString('base64url') !== cursor) return undefined;
      const after = bytes.subarray(TAG_BYTES).toString();
      return timingSafeEqual(bytes.subarray(0, TAG_BYTES), tagOf(after, list)) ? after : undefined;
    },
  };
}
