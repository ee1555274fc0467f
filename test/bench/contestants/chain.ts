import { Certificate, CertificateChainValidationEngine } from 'pkijs';
import type { DirectAddress } from '../../../shared/ids.ts';
import { readCertificate } from '../../../shared/trust/certificate.ts';
import { trust } from '../../../shared/trust/trust.ts';
import { derOfPem } from '../mail/newcomer.ts';
import { eventually, valueOf } from '../payloads/record-input.ts';
import type { CaseFiles } from '../protocol/case-files.ts';
import { serve } from '../protocol/serve.ts';

const NOTHING = { bytes: 0, partMs: {} };
const LEAF = 'leaf@clinic.example' as DirectAddress;

/** DER of an anchor, an authority under it and a certificate under that. */
const chainIn = (files: CaseFiles) => ({
  anchor: derOfPem(files.key('anchor.crt')),
  between: derOfPem(files.key('between.crt')),
  leaf: derOfPem(files.key('leaf.crt')),
});

void serve({
  ours(files) {
    const { anchor, between, leaf } = chainIn(files);
    const options = { anchors: [valueOf(readCertificate(anchor))], now: new Date() };
    return async () => {
      const { outcome } = await eventually(trust(LEAF, [leaf, between], 'encryption', options));
      valueOf(outcome);
      return NOTHING;
    };
  },

  pkijs(files) {
    const { anchor, between, leaf } = chainIn(files);
    const trustedCerts = [Certificate.fromBER(anchor)];
    return async () => {
      const certs = [Certificate.fromBER(between), Certificate.fromBER(leaf)];
      const { result, resultMessage } = await new CertificateChainValidationEngine({
        trustedCerts,
        certs,
        checkDate: new Date(),
      }).verify();
      if (!result) throw new Error(resultMessage);
      return NOTHING;
    };
  },
});
