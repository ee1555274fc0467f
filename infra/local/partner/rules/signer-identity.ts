import type { Certificate } from '../../../../shared/trust/certificate.ts';
import { sameAddress } from '../addresses.ts';
import type { Rule } from './rule.ts';

export interface SeenSigner {
  /** MAIL FROM; for a null sender the From of the message. */
  readonly sender: string;
  readonly certificate: Pick<Certificate, 'rfc822Names' | 'dnsNames'>;
}

/** One string, however many names a certificate has: so let it have one. Names in the subject are none. */
const identityOf = ({ rfc822Names, dnsNames }: SeenSigner['certificate']): string | undefined =>
  rfc822Names.at(-1) ?? dnsNames[0];

/** The address or its domain, as one who reads a single name sees it. */
export const SIGNER_IDENTITY: Rule<SeenSigner> = {
  id: 'signer-identity',
  source: 'Java RI, CryptoExtensions.getSubjectAddress and TrustModel.enforce',
  minds: ({ sender, certificate }) => {
    const identity = identityOf(certificate);
    if (identity === undefined) return 'trust: the certificate of the signer names nobody';
    const host = sender.slice(sender.lastIndexOf('@') + 1);
    return sameAddress(identity, sender) || sameAddress(identity, host)
      ? undefined
      : 'trust: the certificate of the signer is not that of the sender';
  },
};
