import { domainOf, parseDirectAddress } from '../../../shared/ids.ts';
import { addressName, isDnsName } from '../../../shared/discover/dns-cert.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';

/** A name that a certificate is bound to, as directories know it. */
export interface PublishedName {
  /** An address, or the domain of many: what LDAP has under `mail`. */
  readonly mail: string;
  readonly domain: string;
  /** Where DNS has it; absent when DNS cannot hold it, or not for this name alone. */
  readonly owner?: string;
}

/** Every alternative name of the certificate that is an address or a domain, each once. */
export function publishedNames({ rfc822Names, dnsNames }: Certificate): readonly PublishedName[] {
  const names = [...rfc822Names.flatMap(ofAddress), ...dnsNames.flatMap(ofDomain)];
  return [...new Map(names.map((each) => [each.mail.toLowerCase(), each])).values()];
}

function ofAddress(text: string): readonly PublishedName[] {
  const address = parseDirectAddress(text);
  if (!address.ok) return [];
  const owner = addressName(address.value);
  // A label of one asterisk stands for every name that is not there (RFC 4592), and there is no way to write another.
  const held = isDnsName(owner) && !owner.startsWith('*.');
  return [{ mail: address.value, domain: domainOf(address.value), ...(held && { owner }) }];
}

function ofDomain(text: string): readonly PublishedName[] {
  const any = parseDirectAddress(`any@${text}`);
  if (!any.ok) return [];
  const domain = domainOf(any.value);
  return [{ mail: domain, domain, owner: domain }];
}
