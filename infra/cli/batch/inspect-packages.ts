import * as z from 'zod';
import type { Outcome } from '../../../shared/outcome.ts';
import { readXdm, type ReadXdm } from '../../../shared/package/read-xdm.ts';
import { readAttachedXdm } from '../../../shared/secure/attached-package.ts';
import { readMime, readMimeHeader } from '../../../shared/secure/mime.ts';
import { readInput } from '../command-line.ts';
import type { Batch } from './batch.ts';
import { requestIn } from './request-in.ts';

const Request = z.object({ file: z.string() });

const NOTHING = { documents: [], problems: [] };

/** Reads packages that others made. */
export const inspectBatch: Batch = {
  takes: '{"id","file"}',
  gives: '{"documents":[…],"problems":[{"code","where"}]}',
  nothing: NOTHING,
  counts: 'packages read',

  start() {
    return async (line) => {
      const read = inspected(await readInput(requestIn(Request, line).file));
      return read.ok
        ? {
            ok: true,
            documents: read.value.documents.map(({ described }) => described),
            problems: read.value.problems,
          }
        : { ok: false, code: read.failure.code, ...NOTHING };
    };
  },
};

/** Reads the package that the bytes are, or that is attached to the mail that they are. */
export function inspected(bytes: Uint8Array): Outcome<ReadXdm> {
  const header = readMimeHeader(bytes);
  const isMail = header.ok && header.value.fields.length > 0;
  if (!isMail) return readXdm(bytes);
  const message = readMime(bytes);
  return message.ok ? readAttachedXdm(message.value) : message;
}
