import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { RefreshedBundles } from '../constructs/refreshed-bundles.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { SETTINGS_FILE } from '../constructs/setting.ts';
import type { FoundationStack } from './foundation-stack.ts';
import { outside } from './parameters.ts';

export interface TrustStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/** What trust goes by, looked after once a day and when it is deployed. Nothing that sends or answers waits for it. */
export class TrustStack extends Stack {
  constructor(scope: Construct, id: string, props: TrustStackProps) {
    const { foundation, deployment, defaults, ...stack } = props;
    super(scope, id, stack);
    const refreshing = new ScheduledFunction(this, 'RefreshTrust', {
      name: 'refresh-trust',
      env: {
        TRUST_BUCKET: foundation.trust.readingAndWriting(),
        SETTINGS_FILE,
        RESOLVERS: outside(this, 'Resolvers', deployment),
      },
      // Twenty bundles, one after the other, of which none answers.
      timeout: Duration.minutes(10),
      every: Duration.days(1),
      defaults,
    });
    new RefreshedBundles(this, 'Bundles', { settings: defaults.settings, refreshing });
  }
}
