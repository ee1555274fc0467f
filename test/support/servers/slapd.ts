import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, UnwillingToPerformError } from 'ldapts';
import { WITH_SBIN } from './program-path.ts';
import { startServer, type Server } from './server.ts';

export interface Database {
  /** The naming context. */
  readonly suffix: string;
  /** With an entry for the suffix itself, or nothing: then a search below it is answered with noSuchObject. */
  readonly ldif?: string;
}

export interface SlapdOptions {
  readonly databases: readonly Database[];
  /**
   * Serves `userCertificate` as it was given, junk too and without `;binary`, as ApacheDS does. OpenLDAP as it comes takes
   * nothing but certificates, and transfers them as `userCertificate;binary` only.
   */
  readonly octets?: boolean;
  /** Entries that a search may yield. @default 50 */
  readonly sizeLimit?: number;
  /** Refuses whoever does not say who he is. */
  readonly strangersRefused?: boolean;
}

const SCHEMAS = '/etc/ldap/schema';

/** OpenLDAP with its databases loaded. */
export const startSlapd = (options: SlapdOptions): Promise<Server> =>
  startServer({
    prepare: async (folder, port) => {
      const file = join(folder, 'slapd.conf');
      writeFileSync(file, configuration(folder, options));
      for (const { suffix, ldif } of options.databases) {
        if (ldif !== undefined) await load(folder, file, suffix, ldif);
      }
      return ['slapd', '-d', '0', '-h', `ldap://127.0.0.1:${port}`, '-f', file];
    },
    // It is written once the port is taken: until then another program may be answering there.
    answers: async (folder, port) => existsSync(join(folder, 'slapd.pid')) && answers(port),
  });

function configuration(folder: string, options: SlapdOptions): string {
  const core = options.octets ? octetSchema(folder) : `${SCHEMAS}/core.schema`;
  const databases = options.databases.map(({ suffix }, index) => {
    const directory = join(folder, `database-${index}`);
    mkdirSync(directory);
    return `
database mdb
maxsize 10485760
suffix "${suffix}"
directory ${directory}
index objectClass,mail eq`;
  });
  return `
include ${core}
include ${SCHEMAS}/cosine.schema
include ${SCHEMAS}/inetorgperson.schema
pidfile ${folder}/slapd.pid
argsfile ${folder}/slapd.args
modulepath /usr/lib/ldap
moduleload back_mdb
access to * by * read
sizelimit ${options.sizeLimit ?? 50}
${options.strangersRefused ? 'disallow bind_anon\nrequire authc' : ''}
${databases.join('\n')}
`;
}

/** The schema of the system, in which the attribute takes any octets: OID and name stay. */
function octetSchema(folder: string): string {
  const path = join(folder, 'core-octets.schema');
  const schema = readFileSync(`${SCHEMAS}/core.schema`, 'utf8').replace(
    /(2\.5\.4\.36 NAME 'userCertificate'.*?EQUALITY )certificateExactMatch(.*?121\.1\.)8/s,
    '$1octetStringMatch$240',
  );
  writeFileSync(path, schema);
  return path;
}

async function load(folder: string, settings: string, suffix: string, ldif: string): Promise<void> {
  const file = join(folder, 'load.ldif');
  writeFileSync(file, ldif);
  const args = ['-q', '-f', settings, '-b', suffix, '-l', file];
  await promisify(execFile)('slapadd', args, { env: WITH_SBIN });
}

/** One that refuses strangers is up too. */
async function answers(port: number): Promise<boolean> {
  const client = new Client({
    url: `ldap://127.0.0.1:${port}`,
    timeout: 1000,
    connectTimeout: 1000,
  });
  try {
    await client.search('', { scope: 'base', attributes: ['namingContexts'] });
    return true;
  } catch (error) {
    return error instanceof UnwillingToPerformError;
  } finally {
    await client.unbind();
  }
}
