import { describe, expect, test } from '@jest/globals';
import { chainOf, judge, SELF_ISSUED, type Link } from '../../support/chains.ts';
import {
  inhibitAnyPolicyExtension as inhibitAny,
  policiesExtension as policies,
  policyConstraintsExtension as constraints,
  policyMappingsExtension as mappings,
  type Extension,
} from '../../support/pki.ts';

const [A, B, C] = ['1.2.3.1', '1.2.3.2', '1.2.3.3'];
const ANY = '2.5.29.32.0';
const EXPLICIT = { explicitPolicy: true };

const link = (...extraExtensions: Extension[]): Link => ({ extraExtensions });
const selfIssued = (...extraExtensions: Extension[]): Link => ({
  extraExtensions,
  [SELF_ISSUED]: true,
});

const judged = async (
  links: readonly Link[],
  rules: Parameters<typeof judge>[1] = EXPLICIT,
  root: Link = {},
): Promise<ReturnType<typeof judge>> => judge(await chainOf(root, links), rules);

const wanting = (policy: string) => ({ ...EXPLICIT, initialPolicies: new Set([policy]) });

describe('a policy that the whole path names', () => {
  test('is answered, in whatever order it is named', async () => {
    expect(await judged([link(policies([A, B])), link(policies([B, A]))])).toEqual([B, A]);
    expect(await judged([link(policies([A])), link(policies([A, B]))])).toEqual([A]);
  });

  test('is not there when one certificate names none, and then only matters where it is demanded', async () => {
    const links = [link(policies([A])), link(), link(policies([A]))];
    expect(await judged(links, {})).toEqual([]);
    expect(await judged(links)).toBe('trust/policy');
  });

  test('is not there when two certificates name different ones', async () => {
    const links = [link(policies([A])), link(policies([B]))];
    expect(await judged(links, {})).toEqual([]);
    expect(await judged(links)).toBe('trust/policy');
  });

  test('has to be one of those that are wanted', async () => {
    const links = [link(policies([A, B])), link(policies([A, B]))];
    expect(await judged(links, wanting(B))).toEqual([B]);
    expect(await judged(links, wanting(C))).toBe('trust/policy');
    expect(await judged(links, wanting(ANY))).toEqual([A, B]);
    expect(await judged(links, { initialPolicies: new Set([C]) })).toEqual([]);
  });

  test('need not be named by the anchor', async () => {
    expect(await judged([link(policies([A]))], EXPLICIT, link(policies([B])))).toEqual([A]);
  });

  test('has to be named by a leaf that is itself the anchor', async () => {
    const { leaf } = await chainOf({}, [link(policies([A]))]);
    const alone = { leaf, between: [], root: leaf };
    expect(judge(alone, EXPLICIT)).toEqual([A]);
    const wanted = { ...EXPLICIT, initialPolicies: new Set([B]) };
    expect(judge(alone, wanted)).toBe('trust/policy');
  });
});

describe('any-policy', () => {
  test('stands for all that the certificate above expects', async () => {
    expect(await judged([link(policies([A])), link(policies([ANY]))])).toEqual([A]);
    expect(await judged([link(policies([ANY])), link(policies([A]))])).toEqual([A]);
    expect(await judged([link(policies([ANY])), link(policies([ANY]))])).toEqual([ANY]);
  });

  test('all the way gives those that are wanted', async () => {
    const wanted = { ...EXPLICIT, initialPolicies: new Set([A, B]) };
    expect(await judged([link(policies([ANY])), link(policies([ANY]))], wanted)).toEqual([A, B]);
    expect(await judged([link(policies([ANY])), link(policies([B, ANY]))], wanted)).toEqual([A, B]);
  });

  test('stands for nothing when the relying party or an anchor inhibits it', async () => {
    const links = [link(policies([ANY])), link(policies([A]))];
    expect(await judged(links, { ...EXPLICIT, inhibitAnyPolicy: true })).toBe('trust/policy');
    expect(await judged(links, EXPLICIT, link(inhibitAny(0)))).toBe('trust/policy');
    expect(await judged(links, EXPLICIT, link(inhibitAny(1)))).toEqual([A]);
  });

  test('stands for nothing so many certificates after one that inhibits it', async () => {
    const below = [link(policies([ANY])), link(policies([ANY])), link(policies([A]))];
    const chain = (certificates: number) => [
      link(policies([A]), inhibitAny(certificates)),
      ...below,
    ];
    expect(await judged(chain(0))).toBe('trust/policy');
    expect(await judged(chain(1))).toBe('trust/policy');
    expect(await judged(chain(2))).toEqual([A]);
  });

  test('is not inhibited less by one that says so later', async () => {
    const links = [
      link(policies([A]), inhibitAny(0)),
      link(policies([A]), inhibitAny(5)),
      link(policies([ANY])),
    ];
    expect(await judged(links)).toBe('trust/policy');
  });

  test('counts where it is inhibited in what an authority issues to itself, but not in the leaf', async () => {
    const top = link(policies([A]), inhibitAny(0));
    expect(await judged([top, selfIssued(policies([ANY])), link(policies([A]))])).toEqual([A]);
    expect(await judged([top, selfIssued(policies([ANY]))])).toBe('trust/policy');
    expect(await judged([top, link(policies([ANY])), link(policies([A]))])).toBe('trust/policy');
  });

  test('is inhibited no sooner for certificates that an authority issues to itself', async () => {
    const top = link(policies([A]), inhibitAny(1));
    const itself = selfIssued(policies([A]));
    expect(await judged([top, itself, link(policies([ANY])), link(policies([A]))])).toEqual([A]);
  });
});

const explicitAfter = (requireExplicit: number): readonly Link[] => [
  link(policies([A]), constraints({ requireExplicit })),
  link(),
  link(),
];

describe('an explicit policy', () => {
  const named = link(policies([A]));

  test('is required so many certificates after one that says so', async () => {
    expect(await judged(explicitAfter(0), {})).toBe('trust/policy');
    expect(await judged(explicitAfter(1), {})).toBe('trust/policy');
    // The last certificate counts too: in the end none may be left.
    expect(await judged(explicitAfter(2), {})).toBe('trust/policy');
    expect(await judged(explicitAfter(3), {})).toEqual([]);
  });

  test('is required by the anchor as well', async () => {
    const root = link(constraints({ requireExplicit: 0 }));
    expect(await judged([link(), link()], {}, root)).toBe('trust/policy');
    expect(await judged([named, named], {}, root)).toEqual([A]);
  });

  test('is required by the leaf itself', async () => {
    const leaf = link(constraints({ requireExplicit: 0 }));
    expect(await judged([named, leaf], {})).toBe('trust/policy');
    const later = link(constraints({ requireExplicit: 1 }));
    expect(await judged([named, later], {})).toEqual([]);
  });

  test('is required no sooner for certificates that an authority issues to itself', async () => {
    const top = link(policies([A]), constraints({ requireExplicit: 3 }));
    const itself = selfIssued();
    expect(await judged([top, itself, itself, link(), link()], {})).toEqual([]);
    expect(await judged([top, link(), link(), link()], {})).toBe('trust/policy');
  });

  test('is not required later by one that says so below', async () => {
    const links = [
      link(policies([A]), constraints({ requireExplicit: 0 })),
      link(policies([A]), constraints({ requireExplicit: 9 })),
      link(),
    ];
    expect(await judged(links, {})).toBe('trust/policy');
  });

  test('is required also by one that does not mark that critical', async () => {
    const open = link(constraints({ requireExplicit: 0 }, false));
    expect(await judged([open, link()], {})).toBe('trust/policy');
    expect(
      await judged([link(policies([A]), constraints({ requireExplicit: 0 }, false)), named], {}),
    ).toEqual([A]);
  });

  test('trust/unsupported: is asked for further down by one that leaves open whether it is heeded', async () => {
    const open = link(constraints({ requireExplicit: 9 }, false));
    expect(await judged([open, link()], {})).toBe('trust/unsupported');
  });
});

const mapAB = link(policies([A]), mappings([[A, B]]));
const inhibitedAfter = (inhibitMapping: number): readonly Link[] => [
  link(policies([A]), constraints({ inhibitMapping })),
  link(policies([A])),
  mapAB,
  link(policies([B])),
];

describe('a policy that is mapped', () => {
  test('is known by its other name below and answered by that of the anchor', async () => {
    expect(await judged([mapAB, link(policies([B]))])).toEqual([A]);
    expect(await judged([mapAB, link(policies([A]))])).toBe('trust/policy');
    expect(await judged([mapAB, link(policies([B]))], wanting(A))).toEqual([A]);
    expect(await judged([mapAB, link(policies([B]))], wanting(B))).toBe('trust/policy');
  });

  test('may be mapped again below', async () => {
    const links = [mapAB, link(policies([B]), mappings([[B, C]])), link(policies([C]))];
    expect(await judged(links)).toEqual([A]);
  });

  test('may have several names, and several policies one', async () => {
    const toBoth = link(
      policies([A]),
      mappings([
        [A, B],
        [A, C],
      ]),
    );
    expect(await judged([toBoth, link(policies([C]))])).toEqual([A]);
    const toOne = link(
      policies([A, B]),
      mappings([
        [A, C],
        [B, C],
      ]),
    );
    const answer = await judged([toOne, link(policies([C]))]);
    expect(typeof answer === 'string' ? answer : answer.toSorted()).toEqual([A, B]);
  });

  test('may be one that any-policy stood for', async () => {
    const top = link(policies([ANY]), mappings([[A, B]]));
    expect(await judged([top, link(policies([B]))])).toEqual([A]);
    // A itself stays within any-policy only under the name to which it was mapped.
    expect(await judged([top, link(policies([C]))])).toEqual([C]);
  });

  test('passes an authority that issues to itself', async () => {
    const links = [mapAB, selfIssued(policies([B])), link(policies([B]))];
    expect(await judged(links)).toEqual([A]);
  });

  test.each([
    ['from', [ANY, A]],
    ['to', [A, ANY]],
  ] as const)(
    'trust/policy: %s any-policy, whether or not a policy is demanded',
    async (_, pair) => {
      const links = [link(policies([A, ANY]), mappings([pair])), link(policies([A]))];
      expect(await judged(links, {})).toBe('trust/policy');
    },
  );

  test('ends there when the relying party or the anchor inhibits it', async () => {
    const links = [mapAB, link(policies([B]))];
    expect(await judged(links, { ...EXPLICIT, inhibitPolicyMapping: true })).toBe('trust/policy');
    const root = link(constraints({ inhibitMapping: 0 }));
    expect(await judged(links, EXPLICIT, root)).toBe('trust/policy');
    // And is not left under its first name either.
    const same = [mapAB, link(policies([A]))];
    expect(await judged(same, { ...EXPLICIT, inhibitPolicyMapping: true })).toBe('trust/policy');
  });

  test('ends there so many certificates after one that inhibits it', async () => {
    expect(await judged(inhibitedAfter(0))).toBe('trust/policy');
    expect(await judged(inhibitedAfter(1))).toBe('trust/policy');
    expect(await judged(inhibitedAfter(2))).toEqual([A]);
  });

  test('stays inhibited when one below would inhibit it later', async () => {
    const links = [
      link(policies([A]), constraints({ inhibitMapping: 0 })),
      link(policies([A]), constraints({ inhibitMapping: 5 })),
      mapAB,
      link(policies([B])),
    ];
    expect(await judged(links)).toBe('trust/policy');
  });

  test('is inhibited no sooner for certificates that an authority issues to itself', async () => {
    const links = [
      link(policies([A]), constraints({ inhibitMapping: 1 })),
      selfIssued(policies([A])),
      mapAB,
      link(policies([B])),
    ];
    expect(await judged(links)).toEqual([A]);
    expect(await judged([links[0]!, link(policies([A])), mapAB, links[3]!])).toBe('trust/policy');
  });
});
