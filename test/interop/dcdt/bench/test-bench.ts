import { startAll } from '../../../../infra/local/process/start-all.ts';
import { freePort } from '../../../support/servers/free-port.ts';
import { startKnotd, startNamed } from '../../../support/servers/name-servers.ts';
import { startSlapd } from '../../../support/servers/slapd.ts';
import { startCertificateHost, type CertificateHost } from './certificate-host.ts';
import { issueEdition, type IssuedEdition } from './certificates.ts';
import type { Edition, LdapName, ServerPlan } from './edition.ts';
import { CONTEXT, ldifOfEdition, zoneOfEdition } from './published.ts';

export interface BenchOptions {
  /** @default 'named' */
  readonly nameServer?: 'named' | 'knotd';
  /** Serve plain `userCertificate`, as the tool's own directory does, and not `userCertificate;binary`. @default true */
  readonly plainAttribute?: boolean;
}

/** The certification tool's side of an edition, served by real servers on this machine. */
export interface TestBench {
  readonly edition: Edition;
  readonly issued: IssuedEdition;
  /** The name server, as `dnsDirectory` takes it. */
  readonly resolver: string;
  readonly ldapPorts: Readonly<Record<LdapName, number>>;
  readonly host: CertificateHost;
  readonly close: () => Promise<void>;
}

export async function openBench(edition: Edition, options: BenchOptions = {}): Promise<TestBench> {
  const host = await startCertificateHost();
  const closing = [host.close];
  const close = async (): Promise<void> => {
    await Promise.all(closing.splice(0).map((each) => each()));
  };
  try {
    const issued = await issueEdition(edition, `pki.${edition.base}:${host.port}`);
    serveIssuers(host, issued);
    const { values: directories, close: closeDirectories } = await startAll(
      directoriesOf(edition, issued, options),
    );
    closing.push(closeDirectories);
    const ports = portsOf(directories, await freePort());
    const start = options.nameServer === 'knotd' ? startKnotd : startNamed;
    const nameServer = await start(zoneOfEdition(edition, issued, (at) => ports[at]));
    closing.push(() => nameServer.close());
    const resolver = `127.0.0.1:${nameServer.port}`;
    return { edition, issued, resolver, ldapPorts: ports, host, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function serveIssuers(host: CertificateHost, issued: IssuedEdition): void {
  for (const issuer of ['root', 'intermediate1'] as const) {
    const { certificate } = issued.authorities[issuer];
    host.serve(`/${issuer}.cer`, 'application/pkix-cert', () => certificate);
    host.serve(`/${issuer}.crl`, 'application/pkix-crl', () => issued.revocationList(issuer));
  }
}

function directoriesOf(
  edition: Edition,
  issued: IssuedEdition,
  { plainAttribute = true }: BenchOptions,
) {
  const attribute = plainAttribute ? 'userCertificate' : 'userCertificate;binary';
  const start = (server: LdapName) =>
    startSlapd({
      databases: [{ suffix: CONTEXT, ldif: ldifOfEdition(edition, issued, server, attribute) }],
      octets: plainAttribute,
    });
  return { ldap1: start('ldap1'), ldap2: start('ldap2'), ldap3: start('ldap3') };
}

/** A host that does not resolve is offered on the port of the first, as the tool does. */
const portsOf = (
  { ldap1, ldap2, ldap3 }: Readonly<Record<LdapName, { readonly port: number }>>,
  dead: number,
): Readonly<Record<ServerPlan['at'], number>> => ({
  ldap1: ldap1.port,
  ldap2: ldap2.port,
  ldap3: ldap3.port,
  unresolvable: ldap1.port,
  dead,
});
