import { isOid } from '../../../shared/oid.ts';

/** RFC 5280 section 4.2.1.12. */
const NAMES: Readonly<Record<string, string>> = {
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
};

/** The OID of an extended key usage that is given by its name or by itself; undefined when it is neither. */
export const extendedKeyUsage = (text: string): string | undefined =>
  Object.hasOwn(NAMES, text) ? NAMES[text] : isOid(text) ? text : undefined;
