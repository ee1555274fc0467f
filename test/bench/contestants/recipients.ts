import { packagePrepared } from '../../../shared/package/package-record.ts';
import { prepareDocument } from '../../../shared/package/prepared.ts';
import { secureMessage } from '../../../shared/secure/secure.ts';
import { peopleOf } from '../payloads/people.ts';
import { draftOf, recipientAt, recordInput, valueOf } from '../payloads/record-input.ts';
import type { CaseFiles } from '../protocol/case-files.ts';
import { serve, type Repetition } from '../protocol/serve.ts';

/**
 * As many messages as recipients, of the same record, each with its own METADATA and signature; the documents are
 * prepared once, as the sending function does. The bytes of the last message are answered.
 */
function messages(files: CaseFiles, count: number): Repetition {
  const input = recordInput(files.documents());
  const { signer, recipients } = peopleOf(files);
  const addresses = Array.from({ length: count }, (_, at) => recipientAt(at));
  return async () => {
    const documents = input.documents.map((document) => valueOf(prepareDocument(document)));
    let last: Uint8Array = new Uint8Array();
    for (const to of addresses) {
      const { zip } = valueOf(packagePrepared({ ...input, documents, recipient: to }));
      const draft = { ...draftOf(zip), to };
      last = (await secureMessage(draft, signer, recipients)).bytes;
    }
    return last;
  };
}

void serve({
  one: (files) => messages(files, 1),
  ten: (files) => messages(files, 10),
});
