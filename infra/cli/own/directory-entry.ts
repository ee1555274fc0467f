import type { Certificate } from '../../../shared/trust/certificate.ts';
import type { PublishedName } from './published-name.ts';

const MOST_OCTETS = 76;

/**
 * An entry of an LDAP directory in LDIF (RFC 2849): an inetOrgPerson whose `mail` is the address or the domain, with
 * all its certificates.
 *
 * @param base under which it stands; the domain as `dc` when absent
 */
export function directoryEntry(
  { mail, domain }: PublishedName,
  certificates: readonly Certificate[],
  base: string = componentsOf(domain),
): readonly string[] {
  return [
    `dn: cn=${attributeValue(mail)},${base}`,
    'objectClass: top',
    'objectClass: person',
    'objectClass: organizationalPerson',
    'objectClass: inetOrgPerson',
    `cn: ${mail}`,
    `sn: ${mail}`,
    `mail: ${mail}`,
    ...certificates.map(
      ({ der }) => `userCertificate;binary:: ${Buffer.from(der).toString('base64')}`,
    ),
  ].flatMap(folded);
}

const componentsOf = (domain: string): string =>
  domain
    .split('.')
    .map((label) => `dc=${label}`)
    .join(',');

/** RFC 4514 section 2.4, as far as the characters of an address go. */
const attributeValue = (text: string): string => text.replace(/[+=#]/g, (sign) => `\\${sign}`);

/** What goes on begins with a space, which belongs to the line and not to the value. */
function folded(line: string): readonly string[] {
  const more = line.slice(MOST_OCTETS).match(new RegExp(`.{1,${MOST_OCTETS - 1}}`, 'g')) ?? [];
  return [line.slice(0, MOST_OCTETS), ...more.map((part) => ` ${part}`)];
}
