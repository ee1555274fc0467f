import { X509Certificate } from 'node:crypto';
import { PKIX } from '../../../../shared/discover/dns-cert.ts';
import { ldifOf } from '../../../support/servers/ldif.ts';
import {
  addressLine,
  certLine,
  srvLine,
  zoneOf,
  type ZoneText,
} from '../../../support/servers/zone-file.ts';
import type { IssuedEdition } from './certificates.ts';
import type { Edition, LdapName, ServerPlan } from './edition.ts';
import { keyTagOf, RSA_SHA256 } from './key-tag.ts';

/** Naming context of all three directories. */
export const CONTEXT = 'ou=dcdt';

/** The zone with all that an edition publishes in DNS; `ldap-unavailable` has no address. */
export function zoneOfEdition(
  { base, ttlSeconds, certificates, servers }: Edition,
  { byName }: IssuedEdition,
  portOf: (at: ServerPlan['at']) => number,
): ZoneText {
  const inDns = certificates.flatMap(({ name, place }) => {
    const { certificate } = byName.get(name)!;
    const keyTag = keyTagOf(new X509Certificate(certificate).publicKey);
    const record = { type: PKIX, keyTag, algorithm: RSA_SHA256, data: certificate };
    return place.kind === 'dns' ? [certLine(place.name, record)] : [];
  });
  const srv = servers.map(({ domain, priority, weight, at }) => {
    const target = at === 'unresolvable' ? `ldap-unavailable.${base}` : `ldap.${base}`;
    return srvLine(`_ldap._tcp.${domain}`, { priority, weight, port: portOf(at), target });
  });
  const hosts = ['ldap', 'pki'].map((host) => addressLine(`${host}.${base}`));
  return zoneOf(base, [...hosts, ...srv, ...inDns], { ttlSeconds });
}

/** What one of the directories is loaded with: an entry for each certificate, named as it is. */
export function ldifOfEdition(
  { certificates, bareEntries }: Edition,
  { byName }: IssuedEdition,
  server: LdapName,
  attribute: string,
): string {
  const bare = bareEntries
    .filter((entry) => entry.server === server)
    .map(({ mail }, index) => ({ name: `bare-${index}`, mail }));
  const full = certificates.flatMap(({ name, place }) => {
    if (place.kind !== 'ldap' || place.server !== server) return [];
    return [
      { name, mail: place.mail, certificates: { [attribute]: [byName.get(name)!.certificate] } },
    ];
  });
  return ldifOf(CONTEXT, [...bare, ...full]);
}
