import { s3Anchors } from '../../../../shared/adapters/s3-anchors.ts';
import { bundleSourcesOf } from '../../../../shared/trust/bundle/bundle-source.ts';
import type { AnchorStore } from '../../../../shared/trust/bundle/anchor-store.ts';
import { codeInWords } from '../../command.ts';
import type { Check } from '../check.ts';
import { doubtful, NotHere, well, wrong, type Finding } from '../finding.ts';

const HOUR_MS = 3_600_000;
/** They are fetched once a day; the second time that fails somebody should look. */
const OLD_HOURS = 48;

const FETCH = 'Run `transmit bundle URL` to see why, then have it fetched: the output RefreshTrustNow says how.'; // prettier-ignore

/** Whether the lists of anchors that the stage goes by are as fresh as they should be. */
export const bundles: Check = {
  name: 'bundles',
  async look({ config: { settings }, deployed, now }) {
    const sources = bundleSourcesOf(settings);
    if (sources.length === 0) return [well('The settings name no bundle.')];
    const { trustBucket } = deployed;
    if (trustBucket === undefined) {
      throw new NotHere('The bucket of the bundles is not known.', 'Name it with --trust-bucket NAME, or give --outputs FILE of the deployment.'); // prettier-ignore
    }
    const store = s3Anchors(trustBucket);
    return Promise.all(sources.map(({ name, id }) => lookAt(name, id, store, now())));
  },
};

async function lookAt(name: string, id: string, store: AnchorStore, now: Date): Promise<Finding> {
  const [kept, state] = await Promise.all([store.read(name), store.state(name)]);
  const why = state?.failure === undefined ? '' : ` (${codeInWords(state.failure)})`;
  if (kept === undefined || state?.succeededAt === undefined) {
    return wrong(`${name} was never fetched${why}.`, FETCH);
  }
  if (kept.source !== id) {
    return wrong(`${name} was fetched as the settings had it before.`, FETCH);
  }
  const hours = Math.floor((now.getTime() - state.succeededAt.getTime()) / HOUR_MS);
  const says = `${name}: ${kept.anchors.length} anchor(s), fetched ${hours} h ago`;
  if (hours >= OLD_HOURS) return wrong(`${says}${why}.`, FETCH);
  return why === '' ? well(`${says}.`) : doubtful(`${says}; the last attempt failed${why}.`, FETCH);
}
