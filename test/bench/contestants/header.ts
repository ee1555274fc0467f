import { readHeader } from '../../../shared/record/header.ts';
import { valueOf } from '../payloads/record-input.ts';
import { serve } from '../protocol/serve.ts';

void serve({
  header(files) {
    const [document = Buffer.of()] = files.documents();
    return async () => {
      valueOf(await readHeader(document));
      return { bytes: 0, partMs: {} };
    };
  },
});
