import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import { checkPolicies } from '../../../shared/trust/checks/policies.ts';
import { ANY_POLICY } from '../../../shared/trust/extensions/certificate-policies.ts';
import { newEffort } from '../../../shared/trust/path/effort.ts';
import type { Path } from '../../../shared/trust/path/path.ts';
import type { PolicyDemands } from '../../../shared/trust/rules.ts';
import { cases } from '../../support/counts.ts';
import { policiesByTree, type PolicyLink } from '../../support/policy-tree.ts';

const NAMED = ['1.1', '1.2', '1.3'];
const optional = <T>(arbitrary: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq });

const policies = fc.uniqueArray(fc.constantFrom(...NAMED, ANY_POLICY), { minLength: 1 });
const mapping = fc.record({
  issuerDomain: fc.constantFrom(...NAMED),
  subjectDomain: fc.constantFrom(...NAMED),
});

const link = fc
  .record({
    isSelfIssued: fc.boolean(),
    policies: optional(policies, 15),
    policyMappings: optional(fc.array(mapping, { minLength: 1, maxLength: 4 })),
    requireExplicit: optional(fc.nat(3), 1),
    inhibitMapping: optional(fc.nat(3), 1),
    inhibitAnyPolicy: optional(fc.nat(3), 1),
  })
  .map(({ requireExplicit, inhibitMapping, ...rest }) => ({
    ...rest,
    policyConstraints: { requireExplicit, inhibitMapping },
    // What is undefined counts as absent.
  })) as unknown as fc.Arbitrary<PolicyLink>;

const demands: fc.Arbitrary<PolicyDemands> = fc
  .record({
    initialPolicies: optional(
      fc.uniqueArray(fc.constantFrom(...NAMED), { minLength: 1 }).map((each) => new Set(each)),
    ),
    explicitPolicy: fc.boolean(),
    inhibitPolicyMapping: fc.nat(5).map((each) => each === 0),
    inhibitAnyPolicy: fc.nat(5).map((each) => each === 0),
  })
  .map((each) => each as PolicyDemands);

/** No more of a certificate than policies ask for. */
const certificateOf = ({ isSelfIssued, ...rest }: PolicyLink): Certificate =>
  ({
    ...rest,
    subject: { comparable: 'one' },
    issuer: { comparable: isSelfIssued ? 'one' : 'another' },
  }) as unknown as Certificate;

/** @param links the leaf first */
function pathOf(links: readonly PolicyLink[]): Path {
  const [leaf, ...above] = [...links, { isSelfIssued: true }].map(certificateOf);
  return [leaf!, ...above];
}

describe('the graph of policies', () => {
  test('says what the tree of RFC 5280 says', () => {
    let valid = 0;
    fc.assert(
      fc.property(fc.array(link, { minLength: 1, maxLength: 5 }), demands, (links, wanted) => {
        const answer = checkPolicies(pathOf(links.toReversed()), wanted, newEffort());
        const expected = policiesByTree(links, wanted);
        if (expected && expected.length > 0) valid += 1;
        expect(answer.ok ? answer.value.toSorted() : undefined).toEqual(expected);
      }),
      { numRuns: cases(5000) },
    );
    expect(valid).toBeGreaterThan(0);
  });

  test('trust/too-costly: does not grow as the tree would, and has an end', () => {
    const many = Array.from({ length: 60 }, (_, at) => `1.${at}`);
    const policyMappings = many.flatMap((issuerDomain) =>
      many.map((subjectDomain) => ({ issuerDomain, subjectDomain })),
    );
    // In the tree each level has sixty times as many nodes as the one before.
    const tangled: PolicyLink = { isSelfIssued: false, policies: many, policyMappings };
    const path = pathOf(Array.from({ length: 8 }, () => tangled));
    const wanted = { explicitPolicy: true, inhibitPolicyMapping: false, inhibitAnyPolicy: false };
    const answer = checkPolicies(path, wanted, newEffort());
    expect(answer.ok && answer.value.toSorted()).toEqual(many.toSorted());
    const little = { ...newEffort(), policiesLeft: 20_000 };
    expect(checkPolicies(path, wanted, little)).toMatchObject({
      failure: { code: 'trust/too-costly' },
    });
  });
});
