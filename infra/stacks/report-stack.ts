import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { ReportBus } from '../constructs/report-bus.ts';
import { SETTINGS_FILE, type Setting } from '../constructs/setting.ts';
import type { FoundationStack } from './foundation-stack.ts';
import { outside } from './parameters.ts';

export interface ReportStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/** How the data holder is told: a bus for its systems in AWS, XDR for what they sent by XDR, webhooks for all others. */
export class ReportStack extends Stack {
  readonly bus: ReportBus;
  readonly #deliverWebhook: QueueWorker<'deliver-webhook'>;

  constructor(scope: Construct, id: string, props: ReportStackProps) {
    const { foundation, deployment, defaults, ...stack } = props;
    super(scope, id, stack);
    const { stage } = defaults.settings;
    this.bus = new ReportBus(this, 'Reports', stage);
    this.#deliverWebhook = new QueueWorker(this, 'DeliverWebhook', {
      name: 'deliver-webhook',
      env: {
        MAIN_TABLE: foundation.main.readingAndWriting(),
        SCRATCH_TABLE: foundation.scratch.caching(),
        WEBHOOK_SECRET: foundation.vault.readingWebhookSecret(),
        RELAY_SECRET: foundation.vault.readingRelayCredentials(),
        SETTINGS_FILE,
        RESOLVERS: outside(this, 'Resolvers', deployment),
      },
      // A webhook has fifteen seconds to answer, and so has who is told by XDR.
      timeout: Duration.seconds(30),
      // Of those who keep us waiting there may be many at once: they must not take what the account has for all functions.
      maxConcurrency: 20,
      key: foundation.dataKey,
      defaults,
    });
    new CfnOutput(this, 'EventBus', {
      description: 'For rules of your own: the source of all events is direct-transmit',
      value: this.bus.name,
    });
  }

  ringing(): Setting {
    return this.#deliverWebhook.ringing();
  }
}
