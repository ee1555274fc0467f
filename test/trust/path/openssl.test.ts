import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { chainOf, codeOf, NOW, SELF_ISSUED, type Chain, type Link } from '../../support/chains.ts';
import { cases } from '../../support/counts.ts';
import { LONG_MS } from '../../support/mutations.ts';
import { describeWith } from '../../support/needs.ts';
import {
  inhibitAnyPolicyExtension,
  nameConstraintsExtension,
  namesExtension,
  ORGANIZATION,
  pemOf,
  policiesExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
  UNIT,
  type AnyName,
  type NamePart,
} from '../../support/pki.ts';

const ANY = '2.5.29.32.0';
const NAMED = ['1.2.3.1', '1.2.3.2', '1.2.3.3'];
/** One in so many links has it. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, freq = 3): fc.Arbitrary<readonly T[]> =>
  fc.oneof(
    { weight: freq - 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: arbitrary.map((each) => [each]) },
  );
/** Only one in ten has it not. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 9, arbitrary: arbitrary.map((each) => [each]) },
  );

const policy = fc.constantFrom(...NAMED);
const policies = fc.uniqueArray(fc.constantFrom(...NAMED, ANY), { minLength: 1 });
const constraints = fc.oneof(
  fc.record({ requireExplicit: fc.nat(2) }),
  fc.record({ inhibitMapping: fc.nat(2) }),
  fc.record({ requireExplicit: fc.nat(2), inhibitMapping: fc.nat(2) }),
);

const mappings = fc
  .uniqueArray(fc.tuple(policy, policy), { minLength: 1, maxLength: 3 })
  .map(policyMappingsExtension);

/**
 * OpenSSL maps what only an any-policy stands for also where any-policy is inhibited, and mappings in the leaf too, from
 * which nothing follows (RFC 5280 section 6.1.4): there it is no judge.
 */
const policyLink = (isLeaf: boolean): fc.Arbitrary<Link> =>
  fc
    .record({
      named: mostly(policies),
      mapped: seldom(mappings),
      limited: seldom(constraints.map((each) => policyConstraintsExtension(each))),
      inhibited: seldom(fc.nat(2).map(inhibitAnyPolicyExtension), 5),
      self: seldom(fc.constant({ [SELF_ISSUED]: true } as const), 5),
    })
    .map(({ named, mapped, limited, inhibited, self: [self] }) => ({
      extraExtensions: [
        ...named.map((each) => policiesExtension(each)),
        ...(isLeaf || named.flat().includes(ANY) ? [] : mapped),
        ...limited,
        ...inhibited,
      ],
      ...self,
    }));

const policyLinks = fc
  .tuple(fc.array(policyLink(false), { minLength: 1, maxLength: 3 }), policyLink(true))
  .map(([above, leaf]) => [...above, leaf]);

const part = fc.constantFrom<NamePart>(
  { type: ORGANIZATION, text: 'A' },
  { type: ORGANIZATION, text: 'b', encoding: 'printable' },
  { type: UNIT, text: 'A' },
);
const parts = fc.array(part, { minLength: 1, maxLength: 2 });
const host = fc.constantFrom('a.example', 'x.a.example', 'b.example', 'ba.example');
const base: fc.Arbitrary<AnyName> = fc.oneof(
  host.map((dns) => ({ dns })),
  fc.constantFrom('', '.', 'dr@').chain((start) => host.map((each) => ({ email: start + each }))),
  parts.map((directory) => ({ directory })),
);
const name: fc.Arbitrary<AnyName> = fc.oneof(
  host.map((dns) => ({ dns })),
  fc.constantFrom('dr@', 'x@').chain((start) => host.map((each) => ({ email: start + each }))),
  parts.map((directory) => ({ directory })),
);
const limits = fc
  .record({
    permitted: fc.array(base, { maxLength: 3 }),
    excluded: fc.array(base, { maxLength: 1 }),
  })
  .filter(({ permitted, excluded }) => permitted.length + excluded.length > 0);

const nameLinks: fc.Arbitrary<readonly Link[]> = fc
  .tuple(
    fc.array(fc.tuple(seldom(parts), seldom(limits, 2), fc.constant(undefined)), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.array(name, { minLength: 1, maxLength: 2 }),
    parts,
  )
  .map(([authorities, names, subject]) => [
    ...authorities.map(([[above], [limit]]) => ({
      ...(above && { subject: above }),
      extraExtensions: limit ? [nameConstraintsExtension(limit)] : [],
    })),
    { subject, san: [], extraExtensions: [namesExtension(names)] },
  ]);

describeWith(['openssl'], 'openssl verify', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paths-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const save = (file: string, certificates: Chain['between']): string => {
    const path = join(folder, file);
    writeFileSync(path, certificates.map(({ der }) => pemOf(der)).join(''));
    return path;
  };

  function isValid({ leaf, between, root }: Chain, args: readonly string[]): boolean {
    const given = ['-CAfile', save('root.pem', [root]), '-untrusted', save('between.pem', between)];
    const at = ['-attime', String(NOW.getTime() / 1000), ...args];
    return spawnSync('openssl', ['verify', ...given, ...at, save('leaf.pem', [leaf])]).status === 0;
  }

  test(
    'agrees on random policies',
    async () => {
      const counts = { valid: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(
          policyLinks,
          fc.constantFrom(undefined, ...NAMED),
          async (links, wanted) => {
            const chain = await chainOf({}, links);
            const rules = {
              explicitPolicy: true,
              ...(wanted && { initialPolicies: new Set([wanted]) }),
            };
            const args = ['-explicit_policy', '-policy_check', '-policy', wanted ?? ANY];
            const ours = codeOf(chain, rules) === 'valid';
            counts[ours ? 'valid' : 'refused'] += 1;
            expect(ours).toBe(isValid(chain, args));
          },
        ),
        { numRuns: cases(60, 300) },
      );
      expect(Math.min(counts.valid, counts.refused)).toBeGreaterThan(5);
    },
    LONG_MS,
  );

  test(
    'agrees on random names and subtrees',
    async () => {
      const counts = { valid: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(nameLinks, async (links) => {
          const chain = await chainOf({}, links);
          const ours = codeOf(chain) === 'valid';
          counts[ours ? 'valid' : 'refused'] += 1;
          expect(ours).toBe(isValid(chain, []));
        }),
        { numRuns: cases(60, 300) },
      );
      expect(Math.min(counts.valid, counts.refused)).toBeGreaterThan(5);
    },
    LONG_MS,
  );
});
