/** One of the three LDAP servers of the certification tool. */
export type LdapName = 'ldap1' | 'ldap2' | 'ldap3';

/** Where a certificate is published. */
export type Place =
  | { readonly kind: 'dns'; readonly name: string }
  | { readonly kind: 'ldap'; readonly server: LdapName; readonly mail: string };

export interface CertificatePlan {
  readonly name: string;
  readonly bound: 'address' | 'domain';
  /** The address or domain. */
  readonly subject: string;
  readonly state: 'good' | 'expired' | 'revoked';
  readonly issuer: 'root' | 'intermediate1';
  readonly keyBits: number;
  /** A mail may be encrypted to it, and so it has a key of its own. */
  readonly isTarget: boolean;
  readonly place: Place;
}

/** An SRV record for LDAP: `unresolvable` is a host without an address, `dead` a port on which nobody listens. */
export interface ServerPlan {
  readonly domain: string;
  readonly priority: number;
  readonly weight: number;
  readonly at: LdapName | 'unresolvable' | 'dead';
}

export interface CasePlan {
  readonly id: string;
  readonly address: string;
  /** Names of the certificates to which the mail has to be encrypted; none at all means no mail. */
  readonly expected: readonly string[];
}

/**
 * The cases of one edition of the certification tool and all that it publishes for them. Zones and directories are
 * shared: what one case publishes for a domain, every other case of that domain finds.
 */
export interface Edition {
  readonly base: string;
  readonly ttlSeconds: number;
  readonly certificates: readonly CertificatePlan[];
  readonly servers: readonly ServerPlan[];
  /** Entries that hold no certificate. */
  readonly bareEntries: readonly { readonly server: LdapName; readonly mail: string }[];
  readonly cases: readonly CasePlan[];
}
