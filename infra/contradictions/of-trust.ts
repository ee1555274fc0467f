import type { Contradiction } from './contradictions.ts';
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

/** What is weaker than it should be is meant in production, or it is not there. */
const unacknowledged: Contradiction = ({ settings: { stage, trust }, deployment }) => {
  if (!isProduction(stage)) return [];
  const places = [
    { at: 'trust', rules: trust },
    ...Object.entries(trust.domains).map(([domain, rules]) => ({ at: `trust.domains.${domain}`, rules })), // prettier-ignore
  ];
  return places.flatMap(({ at, rules }) =>
    (['any-valid', 'soft-fail'] as const)
      .filter((weak) => rules.policy === weak || rules.revocation === weak)
      .filter((weak) => !deployment.acknowledged.includes(weak))
      .map((weak) => {
        const { setting, says, better } = WEAKER[weak];
        return `${at}.${setting}: ${says}: write "${better}", or add "${weak}" to deployment.acknowledged`;
      }),
  );
};

const openToStrangers: Contradiction = ({ settings: { stage, outboundLoopback } }) =>
  outboundLoopback && !isOnOneMachine(stage)
    ? ['outboundLoopback: it opens the inner network to strangers and is for the stages local and test only: write false'] // prettier-ignore
    : [];

export const ofTrust: readonly Contradiction[] = [unacknowledged, openToStrangers];
