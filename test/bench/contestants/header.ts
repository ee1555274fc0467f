import { readHeader } from '../../../shared/record/read-header.ts';
import { eventually, valueOf } from '../payloads/record-input.ts';
import { serve } from '../protocol/serve.ts';

void serve({
  header(files) {
    const [document = Buffer.of()] = files.documents();
    return async () => {
      valueOf(await eventually(readHeader(document)));
      return { bytes: 0, partMs: {} };
    };
  },
});
