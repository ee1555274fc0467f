import { done, fail, type Outcome } from '../../../outcome.ts';
import { LINE_END } from './line-ends.ts';

/** A notice is some kilobytes; with a message that it returns, as long as that was. */
const LARGEST_BYTES = 5 * 1024 * 1024;
/** So many lines of 76 characters are as much; shorter ones cost the reader more than their bytes. */
const MOST_LINES = 70_000;
/** Each may begin a part, and each part costs the reader some time and memory. */
const MOST_DELIMITERS = 1000;

/**
 * The first of its kind in the header of each part, so the one that counts, whatever a folded line adds to it: what is an
 * attachment, the reader does not render as text. Nobody reads that here, and HTML can be such that it takes an hour.
 */
const NOT_SHOWN = 'Content-Disposition: attachment;';
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';
const REPORT_TYPE =
  /^content-type[ \t]*:[ \t]*message\/(?:global-)?(?:disposition-notification|delivery-status)/i;
/** A field that no MIME header has, but a report may. */
const REPORT_FIELD = /^(?!content-|mime-version)[\x21-\x39\x3b-\x7e]+[ \t]*:/i;

/**
 * A mail as the reader of MIME can be given it: bounded, without byte order mark, every line ended by CRLF, each part
 * marked as an attachment, and the blank line put in that some agents leave out before the fields of a report.
 *
 * @failure notification/too-large
 */
export function prepared(raw: Uint8Array): Outcome<Uint8Array> {
  if (raw.length > LARGEST_BYTES) return fail('notification/too-large');
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('latin1');
  const unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  const lines = unmarked.split(LINE_END, MOST_LINES + 1);
  const delimiters = lines.filter((line) => line.startsWith('--')).length;
  if (lines.length > MOST_LINES || delimiters > MOST_DELIMITERS) {
    return fail('notification/too-large');
  }
  return done(Buffer.from([NOT_SHOWN, ...withBlankLines(lines)].join('\r\n'), 'latin1'));
}

function withBlankLines(lines: readonly string[]): readonly string[] {
  let where: 'body' | 'header' | 'header of a report' = 'body';
  return lines.flatMap((line) => {
    if (line.startsWith('--')) {
      where = 'header';
      return [line, NOT_SHOWN];
    }
    if (line === '') where = 'body';
    else if (where === 'header' && REPORT_TYPE.test(line)) where = 'header of a report';
    else if (where === 'header of a report' && REPORT_FIELD.test(line)) {
      where = 'body';
      return ['', line];
    }
    return [line];
  });
}
