import { issue, makeAuthority, type Authority, type Issued } from './authority.ts';

/** Under which name servers of this machine are called. */
export const LOCAL_HOST = 'localhost';

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

export async function makeTlsIdentities(): Promise<TlsIdentities> {
  const ec = 'P-256';
  const authority = await makeAuthority({ name: 'Other HISP authority', ec });
  const leaf = { ec, keyUsage: ['digitalSignature'] } as const;
  const [server, client] = await Promise.all([
    issue(authority, { ...leaf, domain: LOCAL_HOST, extendedKeyUsage: [SERVER_AUTH] }),
    issue(authority, { ...leaf, name: 'Example Health', extendedKeyUsage: [CLIENT_AUTH] }),
  ]);
  return { authority, server, client };
}
