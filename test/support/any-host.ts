import { cachedAuthority, issueQuickly } from './pki.ts';

/** Reaches this machine and is, by its text, no loopback address: so it is treated like any host of the world. */
export const ANY_HOST = '0.0.0.0';

/** PEM, of a server at an IPv4 address. */
export interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
  /** Of the authority. */
  readonly ca: string;
}

/** A server's certificate for an address: [7], four octets in its subjectAltName. */
export async function serverAt(host = ANY_HOST): Promise<ServerIdentity> {
  const authority = await cachedAuthority('Server Authority');
  const octets = host.split('.').map(Number);
  const issued = await issueQuickly(authority, {
    name: 'server',
    san: [],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    extraExtensions: [{ oid: '2.5.29.17', value: Uint8Array.of(0x30, 6, 0x87, 4, ...octets) }],
  });
  const { certificatePem: cert, privateKeyPem: key } = issued;
  return { cert, key, ca: authority.certificatePem };
}

/** What is shown to servers, as the relay secret has it. @param by the name of an authority */
export async function clientBy(
  by = 'Server Authority',
): Promise<{ readonly certificate: string; readonly privateKey: string }> {
  const { certificatePem, privateKeyPem } = await issueQuickly(await cachedAuthority(by), {
    name: 'client',
    san: [],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  });
  return { certificate: certificatePem, privateKey: privateKeyPem };
}
