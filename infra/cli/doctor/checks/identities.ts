import type { DirectAddress } from '../../../../shared/ids.ts';
import type { Certificate } from '../../../../shared/trust/certificate.ts';
import { sourcesOf } from '../../../../shared/trust/sources.ts';
import { judgeIdentity } from '../../own/judge-identity.ts';
import type { Check, Examined } from '../check.ts';
import { ownCertificates, type OwnInSecret } from '../asking/own-certificates.ts';
import { doubtful, noAnchors, well, wrong, type Finding } from '../finding.ts';

const DAY_MS = 86_400_000;
/** As the alarms count: time to have one certified, time to publish it, no time left. */
const DAYS = { plan: 45, hurry: 14, now: 3 } as const;

const RENEW =
  'Have a new one certified, install it and publish it: docs/identities.md, A new certificate.';

/** Our own certificates as the secret has them: their keys, their chains, their names, their time. */
export const identities: Check = {
  name: 'identity',
  async look(examined) {
    const owned = await readOwned(examined);
    if ('verdict' in owned) return [owned];
    if (examined.anchors.length === 0) throw noAnchors();
    const { senders } = examined.config.settings;
    const each = await Promise.all(
      senders.map(({ address }) => ofSender(address, owned, examined)),
    );
    return each.flat();
  },
};

/** Of a secret that is wrong the error says where, and quotes nothing. */
async function readOwned(examined: Examined): Promise<readonly OwnInSecret[] | Finding> {
  try {
    return await ownCertificates(examined);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('The identity secret')) throw error;
    if (error.message.startsWith('The identity secret is not known')) throw error;
    return wrong(`${error.message}.`, 'Write it anew with `transmit identity install`: docs/identities.md.'); // prettier-ignore
  }
}

async function ofSender(
  address: DirectAddress,
  owned: readonly OwnInSecret[],
  examined: Examined,
): Promise<readonly Finding[]> {
  const ours = owned.filter((each) => each.address === address.toLowerCase());
  if (ours.length === 0) {
    return [wrong(`${address} has no certificate in the secret.`, `Run transmit identity install --address ${address}: docs/identities.md.`)]; // prettier-ignore
  }
  const authorities = { anchors: examined.anchors, intermediates: [], sources: sourcesOf(examined.outside) }; // prettier-ignore
  const served = new Set<string>();
  const findings: Finding[] = [];
  for (const { certificate } of ours) {
    const verdict = await judgeIdentity(certificate, address, authorities, examined.now());
    for (const purpose of verdict.serves) served.add(purpose);
    findings.push(...judged(`${address}, ${shortOf(certificate)}`, certificate, verdict.faults, examined.now())); // prettier-ignore
  }
  if (findings.every(({ verdict }) => verdict !== 'fail')) {
    for (const purpose of ['signature', 'encryption']) {
      if (!served.has(purpose)) findings.push(wrong(`${address} has no certificate for ${purpose}.`, 'Install the two of a pair together: docs/identities.md.')); // prettier-ignore
    }
  }
  return findings;
}

function judged(
  at: string,
  { notAfter }: Certificate,
  faults: readonly string[],
  now: Date,
): readonly Finding[] {
  const days = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
  if (faults.length > 0) {
    return faults.map((fault) => wrong(`${at}: ${fault}.`, fixOf(fault)));
  }
  if (days < DAYS.now) return [wrong(`${at}: ${days} day(s) left.`, RENEW)];
  if (days < DAYS.hurry) return [doubtful(`${at}: only ${days} days left.`, RENEW)];
  if (days < DAYS.plan) return [doubtful(`${at}: ${days} days left.`, RENEW)];
  return [well(`${at}: belongs to its key, has one name, a path to an anchor and ${days} days left.`)]; // prettier-ignore
}

const shortOf = ({ fingerprint }: Certificate): string => `certificate ${fingerprint.slice(0, 8)}`;

function fixOf(fault: string): string {
  if (fault.startsWith('trust/no-anchor')) return 'Name the authority of the certificate with --anchor FILE, or in the anchors of the stage.'; // prettier-ignore
  if (fault.includes(' names, and other systems')) return 'Have one certified for the address or for its domain, and for nothing else.'; // prettier-ignore
  return RENEW;
}
