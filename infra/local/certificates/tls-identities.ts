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

/** Both sides of mutual TLS, where who is called issues its callers' certificates itself. */
export interface TlsIdentities {
  readonly authority: Authority;
  /** Of who is called, on this machine. */
  readonly server: Issued;
  /** Of who calls. */
  readonly client: Issued;
}

/** We call somebody else's HISP. */
export const WITH_OTHER_HISP = { called: 'Other HISP', caller: 'Example Health' };
/** A system calls us. */
export const WITH_SYSTEMS = { called: 'Example Health API', caller: 'Example EHR' };

/** DER of a SubjectAltName: dNSName `localhost`, iPAddress 0.0.0.0. */
const HOSTS = Buffer.concat([
  Uint8Array.of(0x30, 17, 0x82, 9),
  Buffer.from(LOCAL_HOST),
  Uint8Array.of(0x87, 4, 0, 0, 0, 0),
]);

export async function makeTlsIdentities({
  called,
  caller,
}: typeof WITH_OTHER_HISP = WITH_OTHER_HISP): Promise<TlsIdentities> {
  const ec = 'P-256';
  const authority = await makeAuthority({ name: `${called} authority`, ec });
  const leaf = { ec, san: [], keyUsage: ['digitalSignature'] } as const;
  const [server, client] = await Promise.all([
    issue(authority, {
      ...leaf,
      name: called,
      extendedKeyUsage: [SERVER_AUTH],
      extraExtensions: [{ oid: '2.5.29.17', value: HOSTS }],
    }),
    issue(authority, { ...leaf, name: caller, extendedKeyUsage: [CLIENT_AUTH] }),
  ]);
  return { authority, server, client };
}
