import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Setting } from './setting.ts';

/**
 * Where the data holder's own systems in AWS listen for reports, by rules of their own. What travels on it are ids, codes
 * and times, so it is under the key of AWS.
 */
export class ReportBus extends Construct {
  readonly #bus: EventBus;

  constructor(scope: Construct, id: string, stage: string) {
    super(scope, id);
    this.#bus = new EventBus(this, 'Bus', { eventBusName: `direct-transmit-${stage}` });
  }

  get name(): string {
    return this.#bus.eventBusName;
  }

  publishing(): Setting {
    return {
      value: this.#bus.eventBusName,
      allows: [{ actions: ['events:PutEvents'], resources: [this.#bus.eventBusArn] }],
    };
  }
}
