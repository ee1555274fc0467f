import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { RelayEvents } from './relay-events.ts';
import { configurationSetName } from './ses-sending.ts';

export interface ConfigurationSetProps {
  readonly stage: string;
  /** Gets what SES says of copies. */
  readonly events: RelayEvents;
  /** When we say that a copy was not processed in time: SES gives up before. */
  readonly firstDeadlineSeconds: number;
  /** `OPTIONAL`: what is sent is encrypted itself, and a peer without TLS is a peer all the same. */
  readonly tlsPolicy: 'OPTIONAL' | 'REQUIRE';
}

/** What SES takes for a bound on delivery. */
const BOUNDS_SECONDS = { least: 300, most: 50_400 };

/** All but what is told of people's reading. */
const EVENTS = [
  'send',
  'reject',
  'bounce',
  'complaint',
  'delivery',
  'deliveryDelay',
  'renderingFailure',
];

/** How SES treats the copies of a stage, and whom it tells what became of them. */
export class ConfigurationSet extends Construct {
  /** Waits until the set is there. */
  readonly setName: string;

  constructor(scope: Construct, id: string, { events, ...props }: ConfigurationSetProps) {
    super(scope, id);
    const set = new CfnConfigurationSet(this, 'Set', {
      name: configurationSetName(props.stage),
      deliveryOptions: {
        maxDeliverySeconds: deliveryBound(props.firstDeadlineSeconds),
        tlsPolicy: props.tlsPolicy,
      },
      reputationOptions: { reputationMetricsEnabled: true },
      suppressionOptions: {
        // One bounce would put an address on the list of the account, and later copies to it would be taken and dropped.
        suppressedReasons: [],
        validationOptions: { conditionThreshold: { conditionThresholdEnabled: 'DISABLED' } },
      },
      // No tracking options: those of opening and clicking would have SES rewrite messages.
    });
    this.setName = set.ref;
    const destination = new CfnConfigurationSetEventDestination(this, 'Events', {
      configurationSetName: set.ref,
      eventDestination: {
        name: 'relay-events',
        enabled: true,
        matchingEventTypes: EVENTS,
        snsDestination: { topicArn: events.topicArn },
      },
    });
    // The ARN is a text: that the topic and its policy come first, nothing else says.
    destination.node.addDependency(events);
  }
}

/** Five parts of six: what is left is for the recipient, who answers after the copy has come. */
const deliveryBound = (deadlineSeconds: number): number =>
  Math.min(
    BOUNDS_SECONDS.most,
    Math.max(BOUNDS_SECONDS.least, Math.floor((deadlineSeconds * 5) / 6)),
  );
