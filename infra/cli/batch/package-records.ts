import * as z from 'zod';
import { MAX_RECORD_BYTES } from '../../../shared/deliver/payload.ts';
import type { FailureCode } from '../../../shared/failures.ts';
import { bundleOf, USUAL_PARTIES } from '../bundle-of.ts';
import { readInput, writeOutput } from '../command-line.ts';
import { recordOf, type NamedBytes } from '../record-of-files.ts';
import type { Answer, Batch } from './batch.ts';
import { requestIn } from './request-in.ts';

const Request = z.object({
  /** In the order in which they shall lie in the package. */
  files: z.array(z.string()).max(1000),
  /** Where the zip is written; nowhere when absent. */
  out: z.string().nullish(),
});

const NOTHING = { entries: [], documents: [] };

/** Packages records, each of one patient. */
export const packageBatch: Batch = {
  takes: '{"id","files":[…],"out"}',
  gives: '{"entries":[…],"documents":[…]}',
  nothing: NOTHING,
  counts: 'records packaged',

  start() {
    return async (line) => {
      const { files, out } = requestIn(Request, line);
      const read: NamedBytes[] = [];
      let sizeBytes = 0;
      for (const file of files) {
        const bytes = await readInput(file);
        sizeBytes += bytes.length;
        if (sizeBytes > MAX_RECORD_BYTES) return refused('package/too-large');
        read.push({ file, bytes });
      }
      const now = new Date();
      const record = recordOf(read, now);
      if (!record.ok) return refused(record.failure.code);
      const bundle = bundleOf(record.value, USUAL_PARTIES, now);
      if (!bundle.ok) return refused(bundle.failure.code);
      const { zip, entries, documents } = bundle.value;
      if (out) await writeOutput(out, zip);
      return { ok: true, entries, documents };
    };
  },
};

const refused = (code: FailureCode): Answer => ({ ok: false, code, ...NOTHING });
