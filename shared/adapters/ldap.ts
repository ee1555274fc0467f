import type { Ldap, LdapServer } from '../discover/ldap.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { connectTo, type ConnectOptions } from './ldap/connect.ts';
import { ldapConnection, type ConnectionLimits, type LdapConnection } from './ldap/connection.ts';
import type { Attribute } from './ldap/response.ts';
import type { GuardOptions } from './outbound/guard.ts';

export type LdapOptions = GuardOptions & Partial<ConnectOptions & ConnectionLimits>;

const DEFAULTS = {
  connectTimeoutMs: 3000,
  searchTimeoutMs: 5000,
  maxReceivedBytes: 1_000_000,
  authorities: [],
  tlsPort: 636,
};
const MAX_CONTEXTS = 10;
const MAX_CONTEXT_BYTES = 1000;
const MAX_CERTIFICATES = 50;
const MAX_CERTIFICATE_BYTES = 65_536;

/** OpenLDAP wants the first, ApacheDS knows only the second. */
const CERTIFICATE_ATTRIBUTES = ['userCertificate;binary', 'userCertificate'];
/** As servers may name what they give: with the option or without, by name or by OID (RFC 4523 section 4.1). */
const CERTIFICATE_NAME = /^(?:usercertificate|2\.5\.4\.36)(?:;binary)?$/;
const CONTEXTS_NAME = /^(?:namingcontexts|1\.3\.6\.1\.4\.1\.1466\.101\.120\.5)$/;

/**
 * LDAPv3 at the servers that domains name, read as anybody may. Referrals and references are not followed. Port 636 is
 * TLS, and the certificate of the server has to name the target of the SRV record.
 */
export function ldapClient(options: LdapOptions): Ldap {
  const settings = { ...DEFAULTS, ...options };
  return {
    async open(server, within) {
      const socket = await connectTo(server, settings, within);
      return socket.ok ? done(serverOver(ldapConnection(socket.value, settings))) : socket;
    },
  };
}

const serverOver = (connection: LdapConnection): LdapServer => ({
  async namingContexts() {
    const found = await connection.search({ base: '', attributes: ['namingContexts'] });
    return found.ok ? contextsOf(valuesOf(found.value, CONTEXTS_NAME)) : found;
  },

  async certificates(base, mail) {
    const found = await connection.search({ base, mail, attributes: CERTIFICATE_ATTRIBUTES });
    if (!found.ok) return found;
    const values = valuesOf(found.value, CERTIFICATE_NAME);
    const fit =
      values.length <= MAX_CERTIFICATES &&
      values.every(({ length }) => length <= MAX_CERTIFICATE_BYTES);
    return fit ? done(values.map((value) => Uint8Array.from(value))) : TOO_MUCH;
  },

  async close() {
    connection.close();
  },
});

const TOO_MUCH = fail('discover/ldap-malformed');

const valuesOf = (attributes: readonly Attribute[], names: RegExp): Buffer[] =>
  attributes.filter(({ name }) => names.test(name)).flatMap(({ values }) => values);

/** A server that names none cannot be searched; so it is not taken for one that holds nothing. */
function contextsOf(values: readonly Buffer[]): Outcome<readonly string[]> {
  const fit =
    values.length > 0 &&
    values.length <= MAX_CONTEXTS &&
    values.every((value) => value.length <= MAX_CONTEXT_BYTES);
  if (!fit) return TOO_MUCH;
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return done(values.map((value) => utf8.decode(value)));
  } catch {
    return TOO_MUCH;
  }
}
