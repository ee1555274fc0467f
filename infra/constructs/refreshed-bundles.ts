import { createHash } from 'node:crypto';
import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../../shared/settings.ts';
import type { ScheduledFunction } from './scheduled-function.ts';

export interface RefreshedBundlesProps {
  readonly settings: Pick<Settings, 'bundles' | 'trust'>;
  readonly refreshing: ScheduledFunction<'refresh-trust'>;
}

/**
 * Has bundles fetched when they are new in the settings, or something else is demanded of them: until then they bring no
 * anchors. Where there are none, nothing.
 */
export class RefreshedBundles extends Construct {
  constructor(scope: Construct, id: string, { settings, refreshing }: RefreshedBundlesProps) {
    super(scope, id);
    const { bundles, trust } = settings;
    if (bundles.length === 0) return;
    const demands = JSON.stringify([bundles, trust.allowSha1, trust.minimumRsaBits]);
    new CustomResource(this, 'Refreshed', {
      resourceType: 'Custom::RefreshedTrust',
      serviceToken: refreshing.function.functionArn,
      // It is called once, within a minute, and answers before it is cut off.
      serviceTimeout: Duration.minutes(12),
      properties: { Bundles: createHash('sha256').update(demands).digest('hex') },
    });
  }
}
