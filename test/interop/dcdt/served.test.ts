import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { describeWith } from '../../support/needs.ts';
import { SHARED } from '../../support/present.ts';
import { edition2015 } from './bench/edition-2015.ts';
import { CONTEXT } from './bench/published.ts';
import { openBench, type TestBench } from './bench/test-bench.ts';

const Views = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      sharedZoneView: z.array(
        z.object({ step: z.string(), returns: z.union([z.string(), z.array(z.string())]) }),
      ),
    }),
  ),
});

/** RSA keys are slow to make on a machine that does much else. */
const SLOWEST_MS = 120_000;

describeWith(
  ['named', 'slapd', 'dig', 'ldapsearch', 'shared'],
  'what the test bench serves',
  () => {
    const edition = edition2015();
    let bench: TestBench;
    beforeAll(async () => {
      bench = await openBench(edition);
    }, SLOWEST_MS);
    afterAll(() => bench.close());

    const dig = (...question: readonly string[]): string[] => {
      const [address = '', port = ''] = bench.resolver.split(':');
      const server = [`@${address}`, '-p', port, '+short', '+time=5'];
      return linesOf(execFileSync('dig', [...server, ...question], { encoding: 'utf8' }));
    };

    /** As the facts write it: the name of the certificate and how it stands. */
    function named(base64: string): string {
      const der = Buffer.from(base64, 'base64');
      const found = edition.certificates.find(({ name }) =>
        der.equals(bench.issued.byName.get(name)!.certificate),
      );
      const states = { good: 'ok', expired: 'EXPIRED', revoked: 'REVOKED' };
      return found ? `${found.name} ${states[found.state]}` : 'a stranger';
    }

    /** What one step of a look-up yields, asked with tools that are not ours. */
    function asked(step: string): string | string[] {
      const [, host] = /^LDAP (\S+):10389$/.exec(step) ?? [];
      if (host !== undefined) return dig('A', host).length === 0 ? 'HOST DOES NOT RESOLVE' : [];
      const [, name] = /^DNS (\S+)$/.exec(step) ?? [];
      if (name !== undefined) {
        return dig('CERT', name).map((line) => named(line.split(' ').slice(3).join('')));
      }
      const [, port = '', mail = ''] = /^LDAP (\d+) mail=(\S+)$/.exec(step) ?? [];
      const { ldap1, ldap2, ldap3 } = bench.ldapPorts;
      const ports = new Map([
        ['10389', ldap1],
        ['11389', ldap2],
        ['12389', ldap3],
      ]);
      return ldapsearch(ports.get(port)!, mail).map(named);
    }

    const file = join(SHARED, 'facts/dcdt-cases.json');
    const { cases } = Views.parse(JSON.parse(readFileSync(file, 'utf8')));

    test.each(cases)('$id: every step finds what the facts say', ({ sharedZoneView }) => {
      for (const { step, returns } of sharedZoneView) {
        const found = asked(step.replace(/BASE|base/, edition.base));
        expect([step, sorted(found)]).toEqual([step, sorted(returns)]);
      }
    });

    test('a CERT record bears the tag of its key and the number of RSA/SHA-256', () => {
      const [type, keyTag, algorithm] = dig('CERT', `d1.domain1.${edition.base}`)[0]!.split(' ');
      expect([type, algorithm]).toEqual(['PKIX', 'RSASHA256']);
      expect(Number(keyTag)).toBeGreaterThan(0);
    });

    test('a certificate of 4096 bits comes truncated by UDP', () => {
      const name = `d14.domain1.${edition.base}`;
      expect(dig('+notcp', '+ignore', 'CERT', name)).toEqual([]);
      expect(dig('CERT', name)).toHaveLength(1);
    });
  },
);

function ldapsearch(port: number, mail: string): string[] {
  const server = ['-x', '-LLL', '-o', 'ldif-wrap=no', '-H', `ldap://127.0.0.1:${port}`];
  const search = ['-b', CONTEXT, `(mail=${mail})`, 'userCertificate'];
  const text = execFileSync('ldapsearch', [...server, ...search], { encoding: 'utf8' });
  return linesOf(text).flatMap((line) => /^userCertificate:: (.*)$/.exec(line)?.[1] ?? []);
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

const sorted = (found: string | readonly string[]): string | readonly string[] =>
  typeof found === 'string' ? found : found.toSorted();
