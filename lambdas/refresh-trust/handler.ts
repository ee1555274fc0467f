import {
  isResourceRequest,
  onCustomResource,
  type ResourcePorts,
  type TimeLeft,
} from '../../shared/edge/custom-resource.ts';
import { onSchedule } from '../../shared/edge/schedule.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import { errorNameOf, type Log } from '../../shared/log.ts';
import type { Metrics } from '../../shared/metrics.ts';
import { done } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { anchorsOnceInAWhile } from '../../shared/trust/bundle/all-anchors.ts';
import { bundleSourcesOf, type BundleSource } from '../../shared/trust/bundle/bundle-source.ts';
import { refreshBundle, type RefreshPorts } from '../../shared/trust/bundle/refresh.ts';
import type { HostingPorts } from '../../shared/trust/hosting.ts';
import { checkOwnCertificate } from '../../shared/trust/published.ts';
import type { RecipientPorts } from '../../shared/trust/recipient.ts';

export interface RefreshTrustPorts extends RefreshPorts, HostingPorts, ResourcePorts {
  readonly settings: Pick<Settings, 'anchors' | 'bundles' | 'senders' | 'trust'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Once a day: looks whether what trust goes by has changed outside, and whether others can still trust us. When bundles
 * were changed in the settings, they are fetched as soon as that is deployed; one that cannot be had stops no deployment.
 */
export function makeHandler(ports: RefreshTrustPorts) {
  const sources = bundleSourcesOf(ports.settings);
  const refreshAll = async () => {
    for (const source of sources) await refresh(source, ports);
  };
  const deployed = onCustomResource(
    {
      keep: async () => done(await refreshAll()),
      // What other settings brought is not in use any more, and nobody looks at it.
      remove: async () => done(undefined),
    },
    ports,
  );
  const daily = onSchedule(async () => {
    await refreshAll();
    // Read once for all addresses: there may be thousands.
    const anchors = anchorsOnceInAWhile(ports.settings, ports.store, ports.now);
    const looking = { ...ports, anchors };
    await Promise.all(ports.settings.senders.map(({ address }) => lookForOurs(address, looking)));
  }, ports.log);
  return (event: unknown, time: TimeLeft): Promise<void> =>
    isResourceRequest(event) ? deployed(event, time) : daily(event);
}

/** Whatever becomes of one bundle, the others have their turn. */
async function refresh(source: BundleSource, ports: RefreshTrustPorts): Promise<void> {
  const bundle = source.name;
  try {
    const { failure, anchors, ageSeconds } = await refreshBundle(source, ports);
    const said = { bundle, count: anchors, ...(ageSeconds === undefined ? {} : { ageSeconds }) };
    if (ageSeconds !== undefined) ports.metrics.put('BundleAgeSeconds', ageSeconds);
    if (failure) ports.log.error('bundle-unrefreshed', { ...said, code: failure });
    else ports.log.info('bundle-refreshed', said);
  } catch (error) {
    ports.log.error('bundle-unrefreshed', { bundle, errorName: errorNameOf(error) });
  }
}

/**
 * As a stranger looks who has our anchors. Our keys are not needed for it, and are not at hand here: which of our
 * certificates it is that they find, `transmit doctor` says.
 */
async function lookForOurs(
  address: DirectAddress,
  ports: RefreshTrustPorts & Pick<RecipientPorts, 'anchors'>,
): Promise<void> {
  const { log, metrics } = ports;
  try {
    const anchors = await ports.anchors();
    const found = await checkOwnCertificate(address, { ...ports, anchors });
    metrics.put('OwnCertificateFindable', found.ok ? 1 : 0);
    if (!found.ok) return log.error('own-certificate-unusable', { code: found.failure.code });
    metrics.put('OwnCertificateDaysLeft', found.value.daysLeft);
    log.info('own-certificate-found', { count: found.value.count });
  } catch (error) {
    log.error('own-certificate-unusable', { errorName: errorNameOf(error) });
  }
}
