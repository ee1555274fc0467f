import { issue, makeAuthority, type Authority, type Issued } from './authority.ts';

/** Under which name servers of this machine are called. */
export const LOCAL_HOST = 'localhost';
/**
 * Reaches this machine too and is, by its text, no loopback address: what does without TLS and without credentials on the
 * same machine does not without them here.
 */
export const ANY_HOST = '0.0.0.0';

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** Both sides of TLS with somebody else's HISP, which issues its customers' certificates itself. */
export interface TlsIdentities {
  readonly authority: Authority;
  /** Of its servers, on this machine. */
  readonly server: Issued;
  /** Ours, with it. */
  readonly client: Issued;
}

/** DER of a SubjectAltName: dNSName `localhost`, iPAddress 0.0.0.0. */
const HOSTS = Buffer.concat([
  Uint8Array.of(0x30, 17, 0x82, 9),
  Buffer.from(LOCAL_HOST),
  Uint8Array.of(0x87, 4, 0, 0, 0, 0),
]);

export async function makeTlsIdentities(): Promise<TlsIdentities> {
  const ec = 'P-256';
  const authority = await makeAuthority({ name: 'Other HISP authority', ec });
  const leaf = { ec, san: [], keyUsage: ['digitalSignature'] } as const;
  const [server, client] = await Promise.all([
    issue(authority, {
      ...leaf,
      name: 'Other HISP',
      extendedKeyUsage: [SERVER_AUTH],
      extraExtensions: [{ oid: '2.5.29.17', value: HOSTS }],
    }),
    issue(authority, { ...leaf, name: 'Example Health', extendedKeyUsage: [CLIENT_AUTH] }),
  ]);
  return { authority, server, client };
}
