import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { SHARED } from '../../../support/present.ts';
import type { CertificatePlan, Edition, LdapName, Place, ServerPlan } from './edition.ts';

const BASE = 'dcdt.test';
const FILE = join(SHARED, 'facts/dcdt-cases.json');

const Certificate = z.object({
  name: z.string(),
  role: z.enum(['TARGET', 'BACKGROUND']),
  binding: z.enum(['ADDRESS', 'DOMAIN']),
  markedValid: z.boolean(),
  expired: z.boolean(),
  revoked: z.boolean(),
  issuer: z.enum(['root', 'intermediate1']),
  keyBits: z.int(),
  where: z.string(),
  san: z.string(),
});

const Server = z.object({
  priority: z.int(),
  weight: z.int(),
  target: z.enum([`ldap.${BASE}`, `ldap-unavailable.${BASE}`]),
  port: z.int(),
  name: z.string(),
});

const Case = z.object({
  id: z.string(),
  address: z.string(),
  negative: z.boolean(),
  srv: z.array(Server),
  certs: z.array(Certificate),
  ttl: z.int(),
});

type Case = z.infer<typeof Case>;

const SERVERS: Readonly<Record<string, LdapName>> = {
  10389: 'ldap1',
  11389: 'ldap2',
  12389: 'ldap3',
};

/** D1 to D18, as they were read off the certification tool. */
export function edition2015(): Edition {
  const text = readFileSync(FILE, 'utf8').replaceAll('BASE', BASE);
  const { cases } = z.object({ cases: z.array(Case) }).parse(JSON.parse(text));
  return {
    base: BASE,
    ttlSeconds: cases[0]!.ttl,
    certificates: cases.flatMap(({ certs }) => certs.map(asPlan)),
    servers: eachOnce(cases.flatMap(({ srv }) => srv.map(asServer))),
    bareEntries: [],
    cases: cases.map(asCase),
  };
}

const asCase = ({ id, address, negative, certs }: Case) => ({
  id,
  address,
  expected: negative
    ? []
    : certs.filter(({ role, markedValid }) => role === 'TARGET' && markedValid).map(nameOf),
});

const nameOf = ({ name }: { readonly name: string }): string => name;

const asPlan = (each: z.infer<typeof Certificate>): CertificatePlan => ({
  name: each.name,
  bound: each.binding === 'ADDRESS' ? 'address' : 'domain',
  subject: each.san.replace(/^\S+ /, ''),
  state: each.expired ? 'expired' : each.revoked ? 'revoked' : 'good',
  issuer: each.issuer,
  keyBits: each.keyBits,
  isTarget: each.role === 'TARGET',
  place: placeOf(each.where),
});

/** `DNS CERT name` or `LDAP port 10389 mail=text`. */
function placeOf(where: string): Place {
  const [, name] = /^DNS CERT (\S+)$/.exec(where) ?? [];
  if (name !== undefined) return { kind: 'dns', name };
  const [, port = '', mail] = /^LDAP port (\d+) mail=(\S+)$/.exec(where) ?? [];
  const server = SERVERS[port];
  if (!server || mail === undefined) throw new Error(`A place that is not understood: ${where}`);
  return { kind: 'ldap', server, mail };
}

function asServer({ name, priority, weight, port, target }: z.infer<typeof Server>): ServerPlan {
  const server = SERVERS[port];
  if (!server) throw new Error(`A port of no server: ${port}`);
  const at = target === `ldap.${BASE}` ? server : 'unresolvable';
  return { domain: name.replace('_ldap._tcp.', ''), priority, weight, at };
}

/** Cases that share a domain repeat its servers. */
const eachOnce = (servers: readonly ServerPlan[]): readonly ServerPlan[] => [
  ...new Map(servers.map((each) => [JSON.stringify(each), each])).values(),
];
