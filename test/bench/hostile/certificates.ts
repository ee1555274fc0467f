import {
  cachedKeys,
  makeAuthority,
  nameConstraintsExtension,
  newKeys,
  policiesExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
  type Authority,
} from '../../support/pki.ts';
import { authorityOf, impostorOf, leafOf, many, type Scenario } from './scenario.ts';
import { VICTIM } from './situation.ts';
import type { World } from './world.ts';

/** Half of them authorities of one name, any of which may have issued the other half, and none of which did. */
export const lookAlikes: Scenario = {
  ends: ['trust/bad-signature', 'trust/too-costly'],
  async lay(world, anchor) {
    const authorities = await Promise.all(
      many(25, async () =>
        authorityOf(anchor, { name: 'Alike', keys: await newKeys({ ec: 'P-521' }) }),
      ),
    );
    const [first] = authorities;
    const nobody = { ...first!, privateKey: (await newKeys({ ec: 'P-521' })).privateKey };
    const leaves = await Promise.all(many(25, () => leafOf(nobody)));
    world.publish([...leaves, ...authorities.map(({ certificate }) => certificate)]);
  },
};

const LEVELS = 4;
const VARIANTS = 5;
const OIDS = many(20, (at) => `1.2.3.${at + 1}`);

/** Four levels, at each of which five authorities may stand that map each of twenty policies to all twenty; none is the leaf's. */
export const policies: Scenario = {
  ends: ['trust/policy', 'trust/too-costly'],
  async lay(world, anchor) {
    let issuer = anchor;
    for (let level = 1; level <= LEVELS; level += 1) {
      const variants = await levelOf(level, issuer, world);
      world.serve(`level/${level}`, Buffer.from(variants.map(pemIn).join('')));
      [issuer] = variants as [Authority];
    }
    const leaf = await leafOf(issuer, {
      issuerUrls: [world.urlOf(`level/${LEVELS}`)],
      extraExtensions: [policiesExtension(['1.2.4'])],
    });
    world.publish([leaf]);
  },
};

const pemIn = ({ certificatePem }: Authority): string => certificatePem;

async function levelOf(
  level: number,
  issuer: Authority,
  world: World,
): Promise<readonly Authority[]> {
  const keys = await cachedKeys(`level ${level}`, { ec: 'P-256' });
  return Promise.all(
    many(VARIANTS, () =>
      authorityOf(issuer, {
        name: `Level ${level}`,
        keys,
        issuerUrls: level === 1 ? [] : [world.urlOf(`level/${level - 1}`)],
        extraExtensions: [
          policiesExtension(OIDS),
          policyMappingsExtension(
            OIDS.flatMap((one) => OIDS.map((other) => [one, other] as const)),
          ),
          policyConstraintsExtension({ requireExplicit: 0 }),
        ],
      }),
    ),
  );
}

/** As many as fit into a certificate of either: more than five million pairs. */
export const subtrees: Scenario = {
  ends: ['trust/too-costly'],
  async lay(world, anchor) {
    const excluded = many(2800, (at) => ({ dns: `c${at + 1000}.d.example` }));
    const bounds = await authorityOf(anchor, {
      name: 'Bounds',
      extraExtensions: [nameConstraintsExtension({ excluded })],
    });
    world.serve('bounds', bounds.certificate);
    const names = many(2000, (at) => ({ dnsName: `a${at + 1000}.b.example` }));
    const san = [{ rfc822Name: VICTIM }, ...names];
    world.publish([await leafOf(bounds, { san, issuerUrls: [world.urlOf('bounds')] })]);
  },
};

const GENERATIONS = 16;

/** Each authority says where the one above it lies; the last one points to the first again. */
export const issuersWithoutEnd: Scenario = {
  ends: ['trust/no-anchor', 'trust/issuer-unreachable', 'trust/too-costly'],
  async lay(world, anchor) {
    const keys = await cachedKeys('generations', { ec: 'P-256' });
    const nobody = await makeAuthority({ name: 'Generation 0', keys });
    let issuer = impostorOf(nobody, anchor);
    for (let at = GENERATIONS; at > 0; at -= 1) {
      const above = world.urlOf(`generation/${(at % GENERATIONS) + 1}`);
      const own = await cachedKeys(`generation ${at}`, { ec: 'P-256' });
      issuer = await authorityOf(issuer, {
        name: `Generation ${at}`,
        keys: own,
        issuerUrls: [above],
      });
      world.serve(`generation/${at}`, issuer.certificate);
    }
    world.publish([await leafOf(issuer, { issuerUrls: [world.urlOf('generation/1')] })]);
  },
};
