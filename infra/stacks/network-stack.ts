import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Settings } from '../../shared/settings.ts';
import type { Deployment } from '../config.ts';
import { egressOf } from '../constructs/egress.ts';
import { type FunctionNetwork, JOINING } from '../constructs/function-network.ts';
import { logGroupName } from '../constructs/handler-function.ts';
import { InnerEndpoints } from '../constructs/inner-endpoints.ts';
import { OwnNetwork } from '../constructs/own-network.ts';

export interface NetworkStackProps extends StackProps {
  readonly network: Extract<Deployment['network'], { readonly kind: 'vpc' }>;
  readonly settings: Settings;
  readonly deployment: Deployment;
  readonly logKey: IKey;
}

/**
 * A network of its own for the functions, with fixed addresses to the outside. All functions are in it: those that stay
 * inside cost nothing more there, and none has a way out that no flow log shows.
 */
export class NetworkStack extends Stack {
  readonly network: FunctionNetwork;
  readonly #zones: number;

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    const { network, settings, deployment, logKey, ...stack } = props;
    super(scope, id, stack);
    this.#zones = network.availabilityZones;
    const { vpc, functions, addresses } = new OwnNetwork(this, 'Own', {
      cidr: network.cidr,
      availabilityZones: network.availabilityZones,
      egress: egressOf({ settings, deployment }),
      flowLog: {
        name: logGroupName(settings.stage, 'network-flows'),
        key: logKey,
        retention: deployment.logRetentionDays,
      },
    });
    new InnerEndpoints(this, 'Endpoints', {
      vpc,
      users: functions,
      signsWithKms: deployment.signingKeys.length > 0,
    });
    this.network = {
      place: {
        vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        securityGroups: [functions],
      },
      joining: new ManagedPolicy(this, 'Joining', {
        description: 'For roles of functions: Lambda puts them into the network',
        statements: JOINING.map((each) => new PolicyStatement(each)),
      }),
    };
    new CfnOutput(this, 'EgressAddresses', {
      description: 'From which relays, HISPs and directories see us: what they have to let in',
      value: addresses.join(' '),
    });
  }

  /** By number and not by name: the names are different in every account, and asking for them wants credentials. */
  override get availabilityZones(): string[] {
    return Array.from({ length: this.#zones }, (_, at) => Fn.select(at, Fn.getAzs()));
  }
}
