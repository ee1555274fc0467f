import type { Check } from '../check.ts';
import { doubtful, well, type Finding } from '../finding.ts';
import { adviceOnRelays } from '../../own/relay-advice.ts';

/** What the settings say; that they can be read at all is seen before. */
export const settings: Check = {
  name: 'settings',
  look: async ({ config, relayUrl }) => {
    const { stage, senders, bundles, anchors, trust } = config.settings;
    const policies = [trust, ...Object.values(trust.domains)];
    return [
      well(`Stage ${stage}: ${senders.length} sender(s), ${bundles.length} bundle(s), ${anchors.length} anchor(s), consent texts in order.`), // prettier-ignore
      ...(relayUrl === undefined
        ? [
            doubtful(
              'No relay is named.',
              'Write deployment.relayUrl, or name it with --relay URL.',
            ),
          ]
        : []),
      ...(policies.some(({ policy }) => policy === 'any-valid')
        ? [doubtful('trust.policy any-valid also encrypts to certificates under no anchor.', 'Set trust.policy to bundle, and name bundles.')] // prettier-ignore
        : []),
      ...(policies.some(({ revocation }) => revocation === 'soft-fail')
        ? [doubtful('trust.revocation soft-fail takes certificates of which nobody can say whether they were revoked.', 'Set trust.revocation to hard-fail.')] // prettier-ignore
        : []),
      ...adviceOnRelays(config).map(caveat),
    ];
  },
};

function caveat(advice: string): Finding {
  const [says = '', fix = ''] = advice.replace(/^warn: /, '').split(/(?<=\.) (?=Use )/);
  return doubtful(`${says.slice(0, 1).toUpperCase()}${says.slice(1)}`, fix);
}
