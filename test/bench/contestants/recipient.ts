import type { DirectAddress } from '../../../shared/ids.ts';
import { processCache } from '../../../shared/adapters/process-cache.ts';
import { addressName, PKIX } from '../../../shared/discover/dns-cert.ts';
import { Settings } from '../../../shared/settings.ts';
import { readCertificate } from '../../../shared/trust/certificate.ts';
import { recipientOf, type RecipientPorts } from '../../../shared/trust/recipient.ts';
import { rulesFor } from '../../../shared/trust/rules.ts';
import { sourcesOf } from '../../../shared/trust/sources.ts';
import { trust } from '../../../shared/trust/trust.ts';
import { memoryDirectory } from '../../support/memory/directory.ts';
import { memoryFetch } from '../../support/memory/fetch.ts';
import { KNOWN_ADDRESS, knownFile, listUrl } from '../chain/known-recipient.ts';
import { valueOf } from '../payloads/record-input.ts';
import type { CaseFiles } from '../protocol/case-files.ts';
import { serve } from '../protocol/serve.ts';

const NOTHING = { bytes: 0, partMs: {} };
const now = (): Date => new Date();
const ADDRESS = KNOWN_ADDRESS as DirectAddress;

/** Everything in memory: the directory, the lists, and the cache of a function that is warm. */
function portsFor({ folder }: CaseFiles): RecipientPorts & { readonly asked: () => number } {
  const directory = memoryDirectory();
  const records = (['leaf.cer', 'between.cer'] as const).map((name) => ({
    type: PKIX,
    data: knownFile(folder, name),
  }));
  directory.set(addressName(ADDRESS), records, 3600);
  const { fetch, set, asked } = memoryFetch();
  for (const by of ['anchor', 'between'] as const) set(listUrl(by), knownFile(folder, `${by}.crl`));
  const anchors = [valueOf(readCertificate(knownFile(folder, 'anchor.cer')))];
  return {
    directory,
    fetch,
    cache: processCache({ now, maxBytes: 16_000_000 }),
    now,
    anchors: async () => anchors,
    settings: {
      discovery: Settings.shape.discovery.parse(undefined),
      trust: Settings.shape.trust.parse(undefined),
    },
    asked: () => directory.asked.length + asked.length,
  };
}

/** Once from outside, so that from then on all of it is known; afterwards nothing may be asked any more. */
async function warm(files: CaseFiles) {
  const ports = portsFor(files);
  valueOf((await recipientOf(ADDRESS, ports)).outcome);
  const asked = ports.asked();
  const checkSilence = (): void => {
    if (ports.asked() !== asked) throw new Error('Something was asked although it is known');
  };
  return { ports, checkSilence };
}

void serve({
  /** As each message to a known address: what is published is known, and all of it is judged anew. */
  async known(files) {
    const { ports, checkSilence } = await warm(files);
    return async () => {
      valueOf((await recipientOf(ADDRESS, ports)).outcome);
      checkSilence();
      return NOTHING;
    };
  },

  /** The judgement alone. */
  async validation(files) {
    const { ports, checkSilence } = await warm(files);
    const certificates = (['leaf.cer', 'between.cer'] as const).map((name) =>
      knownFile(files.folder, name),
    );
    return async () => {
      const { outcome } = await trust(ADDRESS, certificates, 'encryption', {
        anchors: await ports.anchors(),
        now: ports.now(),
        rules: rulesFor(ADDRESS, ports.settings),
        sources: sourcesOf(ports),
      });
      valueOf(outcome);
      checkSilence();
      return NOTHING;
    };
  },
});
