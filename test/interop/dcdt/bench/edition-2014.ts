import type { CertificatePlan, Edition, Place, ServerPlan } from './edition.ts';

const BASE = 'dts.test';

const at = (domain: string): string => `${domain}.${BASE}`;

const dns = (name: string): Place => ({ kind: 'dns', name: at(name) });
const ldap1 = (mail: string): Place => ({ kind: 'ldap', server: 'ldap1', mail: at(mail) });
const ldap2 = (mail: string): Place => ({ kind: 'ldap', server: 'ldap2', mail: at(mail) });

/** @param subject an address or a domain, without the base */
const good = (name: string, subject: string, place: Place, keyBits = 2048): CertificatePlan => ({
  name,
  bound: subject.includes('@') ? 'address' : 'domain',
  subject: at(subject),
  state: 'good',
  issuer: 'root',
  keyBits,
  isTarget: true,
  place,
});

const expired = (name: string, subject: string, place: Place): CertificatePlan => ({
  ...good(name, subject, place),
  state: 'expired',
  isTarget: false,
});

/** Whom the wrong choice would be: most decoys are as good as the right one. */
const CERTIFICATES: readonly CertificatePlan[] = [
  good('500_dns_address', 'dts500@direct1', dns('dts500.direct1')),
  good('other_dns_address', 'other@direct1', dns('dts500.direct1')),
  good('500_ldap_address', 'dts500@direct1', ldap1('dts500@direct1')),
  good('direct1_dns_domain', 'direct1', dns('direct1')),
  good('direct9_dns_domain', 'direct9', dns('direct1')),
  good('direct1_ldap_domain', 'direct1', ldap1('direct1')),
  good('501_ldap_address', 'dts501@direct1', ldap1('dts501@direct1')),
  good('502_dns_address', 'dts502@direct1', dns('dts502.direct1'), 4096),

  good('direct2_ldap_domain', 'direct2', ldap1('direct2')),
  good('505_ldap_address', 'dts505@direct2', ldap1('dts505@direct2')),
  good('506_ldap_address', 'dts506@direct2', ldap1('dts506@direct2')),
  good('506_ldap2_address', 'dts506@direct2', ldap2('dts506@direct2')),
  good('515_ldap2_address', 'dts515@direct2', ldap2('dts515@direct2')),

  good('507_ldap_address', 'dts507@direct3', ldap1('dts507@direct3')),
  good('517_ldap_address', 'dts517@direct3', ldap1('dts517@direct3')),

  expired('520_dns_address', 'dts520@direct5', dns('dts520.direct5')),
  expired('direct5_dns_domain', 'direct5', dns('direct5')),
  expired('520_ldap_address', 'dts520@direct5', ldap1('dts520@direct5')),
  expired('direct5_ldap_domain', 'direct5', ldap1('direct5')),

  expired('512_dns_address', 'dts512@direct6', dns('dts512.direct6')),
  expired('direct6_dns_domain', 'direct6', dns('direct6')),
];

const server = (domain: string, priority: number, place: ServerPlan['at']): ServerPlan => ({
  domain: at(domain),
  priority,
  weight: 0,
  at: place,
});

const sendsTo = (id: string, address: string, ...expected: readonly string[]) => ({
  id: `DTS ${id}`,
  address: at(address),
  expected,
});

/**
 * The first edition's cases (version 2.1.2 of the tool). Most decoys are valid, so that they test the order of
 * look-ups harder than D1 to D16 do. Keys are as long as we demand: the tool's had 1024 bits.
 */
export const EDITION_2014: Edition = {
  base: BASE,
  ttlSeconds: 86_400,
  certificates: CERTIFICATES,
  servers: [
    server('direct1', 0, 'ldap1'),
    server('direct2', 0, 'ldap1'),
    server('direct2', 1, 'ldap2'),
    server('direct3', 0, 'dead'),
    server('direct3', 1, 'ldap1'),
    server('direct3', 2, 'ldap2'),
    server('direct5', 0, 'ldap1'),
  ],
  bareEntries: [{ server: 'ldap1', mail: at('dts517@direct3') }],
  cases: [
    sendsTo('500', 'dts500@direct1', '500_dns_address'),
    sendsTo('501', 'dts501@direct1', 'direct1_dns_domain'),
    sendsTo('502', 'dts502@direct1', '502_dns_address'),
    sendsTo('505', 'dts505@direct2', '505_ldap_address'),
    sendsTo('506', 'dts506@direct2', '506_ldap_address'),
    sendsTo('507', 'dts507@direct3', '507_ldap_address'),
    sendsTo('511', 'dts511@direct4'),
    sendsTo('512', 'dts512@direct6'),
    sendsTo('515', 'dts515@direct2', 'direct2_ldap_domain'),
    sendsTo('517', 'dts517@direct3', '517_ldap_address'),
    sendsTo('520', 'dts520@direct5'),
  ],
};
