import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import type { Watched } from '../constructs/watched.ts';

export interface ObservabilityStackProps extends StackProps {
  readonly stage: string;
  readonly deployment: Deployment;
  readonly watched: Watched;
}

/** What tells people that something is wrong, and shows them what is going on. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    const masterKey = new Key(this, 'Key', {
      description: 'Direct Transmit: alarms',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new Topic(this, 'Alarms', { masterKey, enforceSSL: true });
  }
}
