import type { Contradiction, Read } from './contradictions.ts';
import { isOnOneMachine, isProduction } from './stages.ts';

const WEAKER = {
  'any-valid': {
    setting: 'policy',
    says: 'any-valid takes certificates that lead to nobody whom you trust',
    better: 'bundle',
  },
  'soft-fail': {
    setting: 'revocation',
    says: 'soft-fail takes certificates of which nobody can say whether they were revoked',
    better: 'hard-fail',
  },
} as const;

/** The rules for everybody, then those of each domain. */
const placesOf = (trust: Read['settings']['trust']) => [
  { at: 'trust', rules: trust },
  ...Object.entries(trust.domains).map(([domain, rules]) => ({ at: `trust.domains.${domain}`, rules })), // prettier-ignore
];

/** What is weaker than it should be is meant in production, or it is not there. */
const unacknowledged: Contradiction = ({ settings: { stage, trust }, deployment }) => {
  if (!isProduction(stage)) return [];
  return placesOf(trust).flatMap(({ at, rules }) =>
    (['any-valid', 'soft-fail'] as const)
      .filter((weak) => rules.policy === weak || rules.revocation === weak)
      .filter((weak) => !deployment.acknowledged.includes(weak))
      .map((weak) => {
        const { setting, says, better } = WEAKER[weak];
        return `${at}.${setting}: ${says}: write "${better}", or add "${weak}" to deployment.acknowledged`;
      }),
  );
};

/** Of a signature with SHA-1 there may be a second text, and who has a short key may have it from anybody. */
const brokenCryptography: Contradiction = ({ settings, deployment: { acknowledged } }) => {
  if (!isProduction(settings.stage)) return [];
  const places = placesOf(settings.trust);
  const sha1 = [
    ...places.filter(({ rules }) => rules.allowSha1).map(({ at }) => `${at}.allowSha1`),
    ...(settings.acceptSha1 ? ['acceptSha1'] : []),
  ].map((at) => `${at}: signatures with SHA-1 can be forged: write false, or add "sha-1" to deployment.acknowledged`); // prettier-ignore
  const short = places
    .filter(({ rules }) => (rules.minimumRsaBits ?? LEAST_RSA_BITS) < LEAST_RSA_BITS)
    .map(({ at }) => `${at}.minimumRsaBits: shorter keys can be broken: write ${LEAST_RSA_BITS}, or add "short-keys" to deployment.acknowledged`); // prettier-ignore
  return [
    ...(acknowledged.includes('sha-1') ? [] : sha1),
    ...(acknowledged.includes('short-keys') ? [] : short),
  ];
};

const LEAST_RSA_BITS = 2048;

const openToStrangers: Contradiction = ({ settings: { stage, outboundLoopback } }) =>
  outboundLoopback && !isOnOneMachine(stage)
    ? ['outboundLoopback: it opens the inner network to strangers and is for the stages local and test only: write false'] // prettier-ignore
    : [];

export const ofTrust: readonly Contradiction[] = [
  unacknowledged,
  brokenCryptography,
  openToStrangers,
];
