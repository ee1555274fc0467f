import { certificateIdOf, isNamed } from '../../../../shared/trust/cms/certificate-id.ts';
import type { SignedData } from '../../../../shared/trust/cms/read-signed-data.ts';
import type { Rule } from './rule.ts';

/** MissingSenderSignature otherwise: it looks for the signer nowhere else. */
export const SIGNER_CERTIFICATE: Rule<SignedData> = {
  id: 'signer-certificate',
  source: 'Java RI, TrustModel.enforce',
  minds: ({ signerInfos, certificates }) => {
    const ids = certificates.flatMap((each) => certificateIdOf(each) ?? []);
    const isThere = signerInfos.some(({ children: [, identifier] }) =>
      ids.some((id) => identifier && isNamed(identifier, id)),
    );
    return isThere ? undefined : 'signature: it does not bring the certificate of its signer';
  },
};
