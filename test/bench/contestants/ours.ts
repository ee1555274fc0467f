import { createPrivateKey, X509Certificate } from 'node:crypto';
import { packageRecord } from '../../../shared/package/package-record.ts';
import { localIdentity } from '../../../shared/secure/local-identity.ts';
import { secureBytes, secureMessage } from '../../../shared/secure/secure.ts';
import { draftOf, recordInput, valueOf } from '../payloads/record-input.ts';
import { WRAPPER } from '../mail/frame.ts';
import type { CaseFiles } from '../protocol/case-files.ts';
import { serve } from '../protocol/serve.ts';

/** Key objects and certificates are read once, as a function does at its start. */
const people = (files: CaseFiles) => ({
  signer: localIdentity({
    certificate: new X509Certificate(files.key('sender.crt')).raw,
    privateKey: createPrivateKey(files.key('sender.key')),
  }),
  recipients: [new X509Certificate(files.key('recipient.crt')).raw],
});

void serve({
  pipeline(files) {
    const input = recordInput(files.documents());
    const { signer, recipients } = people(files);
    return async () => {
      const { zip } = valueOf(await packageRecord(input));
      return (await secureMessage(draftOf(zip), signer, recipients)).bytes;
    };
  },

  smime(files) {
    // The wrapper is ours to write.
    const inner = files.entity().subarray(WRAPPER.length);
    const { signer, recipients } = people(files);
    const { from, to, date, messageId } = draftOf(new Uint8Array());
    return async () =>
      (await secureBytes({ inner, from, to, date, messageId }, signer, recipients)).bytes;
  },
});
