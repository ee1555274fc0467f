import type { Outcome } from '../outcome.ts';
import type { ServerRecord } from './directory.ts';

/** One LDAP server, asked as anybody may. */
export interface LdapServer {
  /**
   * The naming contexts that its root DSE lists, in order.
   *
   * @failure discover/ldap-* as `Ldap.open`
   */
  namingContexts(): Promise<Outcome<readonly string[]>>;
  /**
   * The certificates of all entries under a context whose `mail` is the text, an address or a bare domain, whatever its
   * case; each value of `userCertificate;binary` and `userCertificate`. A context that is not there holds none.
   *
   * @failure discover/ldap-* as `Ldap.open`
   */
  certificates(context: string, mail: string): Promise<Outcome<readonly Uint8Array[]>>;
  close(): Promise<void>;
}

/** LDAP as this step needs it. */
export interface Ldap {
  /**
   * Connects to a server through the guard for hosts that outsiders name.
   *
   * @param within ends whatever is still under way at the server when it aborts
   * @failure discover/ldap-unreachable (no such host, no connection, too slow, busy)
   * @failure discover/ldap-blocked (the guard forbids the host or the port)
   * @failure discover/ldap-refused (it does not answer strangers)
   * @failure discover/ldap-malformed (no LDAP, too many entries, a referral, more than may be read)
   */
  open(
    server: Pick<ServerRecord, 'target' | 'port'>,
    within: AbortSignal,
  ): Promise<Outcome<LdapServer>>;
}
