import type { DirectAddress } from '../../../../shared/ids.ts';
import { checkOwnCertificate, checkPublished } from '../../../../shared/trust/published.ts';
import { inWords } from '../../command.ts';
import { adviceOn, FINDINGS } from '../../own/advice.ts';
import type { Check, Examined } from '../check.ts';
import { ownCertificates, type OwnInSecret } from '../asking/own-certificates.ts';
import { doubtful, noAnchors, well, wrong, type Finding } from '../finding.ts';

const PUBLISH =
  'Publish it in DNS, or in LDAP: `transmit publish --cert FILE` prints what is needed.';

/** Whether others find the certificate to which we can decrypt, and trust it: without that no answer comes. */
export const published: Check = {
  name: 'published',
  async look(examined) {
    if (examined.anchors.length === 0) throw noAnchors();
    const owned = await ownCertificates(examined).catch(() => []);
    const { senders } = examined.config.settings;
    const each = await Promise.all(
      senders.map(({ address }) => ofSender(address, owned, examined)),
    );
    return each.flat();
  },
};

async function ofSender(
  address: DirectAddress,
  owned: readonly OwnInSecret[],
  { outside, anchors }: Examined,
): Promise<readonly Finding[]> {
  const ports = { ...outside, anchors };
  const ours = owned.find((each) => each.address === address.toLowerCase() && each.decrypts);
  if (ours === undefined) {
    const found = await checkOwnCertificate(address, ports);
    return [
      found.ok
        ? doubtful(`${address}: others find and trust ${found.value.count} certificate(s); whether ours is among them is not known.`, 'Give the identity secret, to compare with it.') // prettier-ignore
        : wrong(`${address}: ${inWords(found.failure)}`, PUBLISH),
    ];
  }
  const { certificate } = ours;
  const answer = await checkPublished({ address, certificate }, ports);
  const { stranger, isOurs, hostings } = answer;
  if (!stranger.ok) return [wrong(`${address}: ${inWords(stranger.failure)}`, adviceOn(answer, certificate)[0] ?? PUBLISH)]; // prettier-ignore
  if (!isOurs) return [wrong(`${address}: others encrypt to another certificate than ours.`, 'Publish ours there instead: `transmit publish --cert FILE`.')]; // prettier-ignore
  const stray = hostings.filter(({ finding }) => !['published', 'not-there'].includes(finding));
  return [
    well(`${address}: others find ours at ${stranger.value.stage} and trust it.`),
    ...stray.map(
      ({ id, stage, finding }) =>
      doubtful(`${address}, ${id} (${stage}): ${FINDINGS[finding]}.`, 'Remove or replace what is there: a search that comes to it ends with it.'), // prettier-ignore
    ),
  ];
}
