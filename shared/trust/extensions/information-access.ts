import { childrenOf, NotDer, readDer, readOid } from '../der.ts';
import { readGeneralName } from '../general-name.ts';

const OCSP = '1.3.6.1.5.5.7.48.1';
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';

export interface InformationAccess {
  /** URLs as they were written, where the issuer's own certificate lies. */
  readonly caIssuers: readonly string[];
  /** URLs of those that answer whether a certificate was revoked. */
  readonly ocspResponders: readonly string[];
}

/**
 * Reads the value of authorityInfoAccess. What is not a URL, or serves another end, is passed over.
 *
 * @see RFC 5280 section 4.2.2.1
 */
export function readInformationAccess(value: Uint8Array): InformationAccess {
  const found = childrenOf(readDer(value)).map((description) => {
    const [method, location, ...rest] = childrenOf(description);
    if (!location || rest.length > 0) throw new NotDer('access description');
    return { method: readOid(method), location: readGeneralName(location) };
  });
  const urlsOf = (wanted: string): readonly string[] =>
    found.flatMap(({ method, location }) =>
      method === wanted && location.kind === 'uri' ? [location.text] : [],
    );
  return { caIssuers: urlsOf(CA_ISSUERS), ocspResponders: urlsOf(OCSP) };
}
