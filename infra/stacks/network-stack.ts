import { Stack, type StackProps } from 'aws-cdk-lib';
import { IpAddresses, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import type { FunctionNetwork } from '../constructs/function-network.ts';

export interface NetworkStackProps extends StackProps {
  readonly network: Extract<Deployment['network'], { readonly kind: 'vpc' }>;
}

/** A network of its own for the functions, with fixed addresses to the outside. */
export class NetworkStack extends Stack {
  readonly network: FunctionNetwork;

  constructor(scope: Construct, id: string, { network, ...props }: NetworkStackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(network.cidr),
      maxAzs: network.availabilityZones,
    });
    const functions = new SecurityGroup(this, 'Functions', { vpc });
    this.network = {
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [functions],
    };
  }
}
