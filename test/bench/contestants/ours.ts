import { packageRecord } from '../../../shared/package/package-record.ts';
import { secureBytes, secureMessage } from '../../../shared/secure/secure.ts';
import { WRAPPER } from '../mail/frame.ts';
import { peopleOf } from '../payloads/people.ts';
import { draftOf, eventually, recordInput, valueOf } from '../payloads/record-input.ts';
import { serve } from '../protocol/serve.ts';

void serve({
  pipeline(files) {
    const input = recordInput(files.documents());
    const { signer, recipients } = peopleOf(files);
    return async () => {
      const { zip } = valueOf(await eventually(packageRecord(input)));
      return (await secureMessage(draftOf(zip), signer, recipients)).bytes;
    };
  },

  smime(files) {
    // The wrapper is ours to write.
    const inner = files.entity().subarray(WRAPPER.length);
    const { signer, recipients } = peopleOf(files);
    const { from, to, date, messageId } = draftOf(new Uint8Array());
    return async () =>
      (await secureBytes({ inner, from, to, date, messageId }, signer, recipients)).bytes;
  },
});
