import { startAll } from '../../../../infra/local/process/start-all.ts';
import { cachedAuthority, issueQuickly } from '../../../support/pki.ts';
import { freePort } from '../../../support/servers/free-port.ts';
import { ldifOf, type PersonEntry } from '../../../support/servers/ldif.ts';
import { startNamed } from '../../../support/servers/name-servers.ts';
import { startSlapd } from '../../../support/servers/slapd.ts';
import {
  addressLine,
  aliasLine,
  certLine,
  srvLine,
  zoneOf,
} from '../../../support/servers/zone-file.ts';
import { startCertificateHost, type CertificateHost } from './certificate-host.ts';

export const BASE = 'odd.test';
export const JUNK = Buffer.from('not a certificate');

/** As RFC 4398 section 2.1 numbers them. */
const PKIX = 1;
const PGP = 3;
const IPKIX = 4;
const URI = 253;

/** What servers serve that is allowed and seldom, or not allowed and common. */
export interface OddWorld {
  readonly resolver: string;
  /** Five certificates in DER. */
  readonly certificates: readonly Uint8Array[];
  readonly close: () => Promise<void>;
}

export async function openOddWorld(): Promise<OddWorld> {
  const certificates = await fiveCertificates();
  const { values, close } = await startAll({
    host: startCertificateHost(),
    open: startDirectory(certificates),
    narrow: startNarrow(certificates),
    shut: startSlapd({ databases: [{ suffix: 'ou=shut' }], strangersRefused: true }),
  });
  const { host, open, narrow, shut } = values;
  host.serve('/one.cer', 'application/pkix-cert', () => certificates[0]!);
  const servers = { open: open.port, narrow: narrow.port, shut: shut.port, dead: await freePort() };
  const lines = [...hostLines(), ...dnsLines(certificates, host), ...serverLines(servers)];
  const named = await startNamed(zoneOf(BASE, lines)).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    resolver: `127.0.0.1:${named.port}`,
    certificates,
    close: async () => void (await Promise.all([named.close(), close()])),
  };
}

async function fiveCertificates(): Promise<readonly Uint8Array[]> {
  const anchor = await cachedAuthority();
  const issued = ['one', 'two', 'three', 'four', 'five'].map((name) =>
    issueQuickly(anchor, { name, domain: BASE }),
  );
  return (await Promise.all(issued)).map(({ certificate }) => Uint8Array.from(certificate));
}

const hostLines = (): string[] => [
  ...['ldap', 'pki'].map((name) => addressLine(`${name}.${BASE}`)),
  aliasLine(`alias.${BASE}`, `ldap.${BASE}`),
];

function dnsLines([one, two, ...rest]: readonly Uint8Array[], host: CertificateHost): string[] {
  const pkix = (name: string, ...records: readonly Uint8Array[]): string[] =>
    records.map((data) => certLine(`${name}.${BASE}`, { type: PKIX, data }));
  const link = (name: string, type: number): string =>
    certLine(`${name}.${BASE}`, {
      type,
      data: Buffer.from(`http://pki.${BASE}:${host.port}/one.cer`),
    });
  return [
    ...pkix('many', one!, two!, ...rest),
    ...pkix('mixed', JUNK, one!),
    ...pkix('junk', JUNK),
    ...pkix('pgp', one!),
    certLine(`pgp.${BASE}`, { type: PGP, data: JUNK }),
    certLine(`only-pgp.${BASE}`, { type: PGP, data: JUNK }),
    link('ipkix', IPKIX),
    link('uri', URI),
    ...pkix('first.last', one!),
    aliasLine(`renamed.${BASE}`, `first.last.${BASE}`),
  ];
}

/** A domain for each way in which LDAP is offered. */
function serverLines(ports: Readonly<Record<'open' | 'narrow' | 'shut' | 'dead', number>>) {
  const offer = (domain: string, port: number, priority = 0, target = `ldap.${BASE}`): string =>
    srvLine(`_ldap._tcp.${domain}.${BASE}`, { priority, weight: 0, port, target });
  return [
    offer('none', 0, 0, ''),
    offer('people', ports.open),
    offer('narrow', ports.narrow),
    offer('shut', ports.shut),
    offer('second', ports.shut),
    offer('second', ports.open, 1),
    offer('dead', ports.dead),
    offer('aliased', ports.open, 0, `alias.${BASE}`),
  ];
}

const person = (name: string, mail: string, ...values: readonly Uint8Array[]): PersonEntry => ({
  name,
  mail: `${mail}.${BASE}`,
  ...(values.length > 0 && { certificates: { userCertificate: values } }),
});

/** Two naming contexts, of which the first has no entries at all. */
const startDirectory = ([one, two]: readonly Uint8Array[]) =>
  startSlapd({
    octets: true,
    databases: [
      { suffix: 'ou=empty' },
      {
        suffix: 'ou=people',
        ldif: ldifOf('ou=people', [
          person('bare', 'bare@people'),
          person('full', 'bare@people', one!),
          person('capital', 'Dr.Mixed@People', one!),
          person('several', 'several@people', one!, two!),
          person('mixed', 'mixed@people', JUNK, one!),
          person('junk', 'junk@people', JUNK),
          person('second', 'any@second', two!),
          person('aliased', 'any@aliased', two!),
          person('domain', 'people', two!),
        ]),
      },
    ],
  });

/** More entries than a search may yield. */
const startNarrow = ([one]: readonly Uint8Array[]) =>
  startSlapd({
    octets: true,
    sizeLimit: 2,
    databases: [
      {
        suffix: 'ou=narrow',
        ldif: ldifOf(
          'ou=narrow',
          ['a', 'b', 'c'].map((name) => person(name, 'any@narrow', one!)),
        ),
      },
    ],
  });
