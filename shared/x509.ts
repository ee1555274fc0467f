import { X509Certificate } from 'node:crypto';

/**
 * The certificate that the bytes are, if they are one in DER and nothing else. The class looks for PEM first, also within
 * DER: of a certificate that is written into another it would give the inner one's key.
 */
export function certificateIn(bytes: Uint8Array): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(bytes);
    return certificate.raw.equals(bytes) ? certificate : undefined;
  } catch {
    return undefined;
  }
}
