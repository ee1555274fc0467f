import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dnsDirectory } from '../../../shared/adapters/dns.ts';
import { ldapClient } from '../../../shared/adapters/ldap.ts';
import { discover } from '../../../shared/discover/discover.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import { describeWith } from '../../support/needs.ts';
import { runAll } from '../support/dcdt.ts';
import { edition2015 } from './bench/edition-2015.ts';
import type { CaseResult } from './bench/run-case.ts';
import { openBench, type BenchOptions, type TestBench } from './bench/test-bench.ts';

/** Why no mail goes out, where none may. */
const REFUSALS = {
  D5: 'trust/expired',
  D6: 'trust/expired',
  D7: 'trust/expired',
  D8: 'trust/expired',
  D11: 'discover/no-certificate',
  D12: 'discover/ldap-unreachable',
  D13: 'discover/no-certificate',
};

/** RSA keys are slow to make on a machine that does much else. */
const SLOWEST_MS = 120_000;

const WAYS: readonly (readonly [string, BenchOptions])[] = [
  ['BIND, and userCertificate as ApacheDS serves it', {}],
  [
    'Knot, and userCertificate;binary as OpenLDAP serves it',
    { nameServer: 'knotd', plainAttribute: false },
  ],
];

describeWith(['named', 'knotd', 'slapd', 'shared'], 'the cases D1 to D18', () => {
  describe.each(WAYS)('by %s', (_, options) => {
    let bench: TestBench;
    let results: readonly CaseResult[];
    beforeAll(async () => {
      bench = await openBench(edition2015(), options);
      results = await runAll(bench);
    }, SLOWEST_MS);
    afterAll(() => bench.close());

    const resultOf = (wanted: string): CaseResult => results.find(({ id }) => id === wanted)!;

    test('pass, 18 of 18', () => {
      expect(results).toHaveLength(18);
      expect(results.filter(({ passed }) => !passed)).toEqual([]);
    });

    test.each(Object.entries(REFUSALS))('%s sends no mail: %s', (id, code) => {
      expect(resultOf(id).got).toBe(code);
    });

    test('trust/revoked: D17 names the two that were', () => {
      const codes = resultOf('D17').answer.rejected.map(({ code }) => code);
      expect(codes).toEqual(['trust/revoked', 'trust/revoked']);
      expect(bench.host.asked).toContain('/root.crl');
    });

    test('D18 fetches the issuer, and asks for the lists of both', () => {
      expect(bench.host.asked).toEqual(
        expect.arrayContaining(['/intermediate1.cer', '/intermediate1.crl', '/root.crl']),
      );
    });

    test('every certificate that is taken was found not to be revoked', () => {
      const words = results.flatMap(({ answer: { outcome } }) =>
        outcome.ok ? [outcome.value.revocation] : [],
      );
      expect(new Set(words)).toEqual(new Set(['good']));
      expect(words).toHaveLength(11);
    });

    test(
      'D16 asks the heavier server first, in 200 runs',
      async () => {
        const { resolver, issued } = bench;
        const ports = {
          directory: dnsDirectory({ resolvers: resolver }),
          ldap: ldapClient({ loopback: true, resolvers: resolver }),
          now: () => new Date(),
        };
        const right = issued.byName.get('D16_valC')!.certificate;
        for (let run = 0; run < 200; run++) {
          const { outcome } = await discover('d16@domain5.dcdt.test' as DirectAddress, ports);
          expect(outcome).toEqual({
            ok: true,
            value: { stage: 'ldap-address', certificates: [Uint8Array.from(right)] },
          });
        }
      },
      SLOWEST_MS,
    );
  });
});
