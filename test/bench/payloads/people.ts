import { createPrivateKey, X509Certificate } from 'node:crypto';
import { localIdentity } from '../../../shared/secure/local-identity.ts';
import type { CaseFiles } from '../protocol/case-files.ts';

/** Who sends and who receives. Keys and certificates are read once, as a function does at its start. */
export const peopleOf = (files: CaseFiles) => ({
  signer: localIdentity({
    certificate: new X509Certificate(files.key('sender.crt')).raw,
    privateKey: createPrivateKey(files.key('sender.key')),
  }),
  recipients: [new X509Certificate(files.key('recipient.crt')).raw],
});
