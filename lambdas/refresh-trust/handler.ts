import { onSchedule } from '../../shared/edge/schedule.ts';
import { errorNameOf, type Log } from '../../shared/log.ts';
import type { Settings } from '../../shared/settings.ts';
import { bundleSourcesOf, type BundleSource } from '../../shared/trust/bundle/bundle-source.ts';
import { refreshBundle, type RefreshPorts } from '../../shared/trust/bundle/refresh.ts';

export interface RefreshTrustPorts extends RefreshPorts {
  readonly settings: Pick<Settings, 'bundles' | 'trust'>;
  readonly log: Log;
}

/** Once a day: looks whether what trust goes by has changed outside. */
export function makeHandler(ports: RefreshTrustPorts) {
  const sources = bundleSourcesOf(ports.settings);
  return onSchedule(async () => {
    for (const source of sources) await refresh(source, ports);
  }, ports.log);
}

/** Whatever becomes of one bundle, the others have their turn. */
async function refresh(source: BundleSource, ports: RefreshTrustPorts): Promise<void> {
  const bundle = source.name;
  try {
    const { failure, anchors, ageSeconds } = await refreshBundle(source, ports);
    const said = { bundle, count: anchors, ...(ageSeconds === undefined ? {} : { ageSeconds }) };
    if (failure) ports.log.error('bundle-unrefreshed', { ...said, code: failure });
    else ports.log.info('bundle-refreshed', said);
  } catch (error) {
    ports.log.error('bundle-unrefreshed', { bundle, errorName: errorNameOf(error) });
  }
}
