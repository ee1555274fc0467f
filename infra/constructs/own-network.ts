import { RemovalPolicy } from 'aws-cdk-lib';
import {
  CfnEIP,
  FlowLogDestination,
  FlowLogTrafficType,
  IpAddresses,
  NatProvider,
  Port,
  Peer,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Egress } from './egress.ts';

export interface OwnNetworkProps {
  readonly cidr: string;
  readonly availabilityZones: number;
  readonly egress: readonly Egress[];
  /** Says who went where. */
  readonly flowLog: {
    readonly name: string;
    readonly key: IKey;
    readonly retention: RetentionDays;
  };
}

/** A network into which nobody comes, and out of which functions go by addresses that never change, to the ports they need. */
export class OwnNetwork extends Construct {
  readonly vpc: Vpc;
  /** Of the functions: all of them, for what one may do is in its role. */
  readonly functions: SecurityGroup;
  /** The addresses under which others see us. */
  readonly addresses: readonly string[];

  constructor(scope: Construct, id: string, props: OwnNetworkProps) {
    super(scope, id);
    const { cidr, availabilityZones, egress } = props;
    const addresses = Array.from({ length: availabilityZones }, (_, at) => this.#address(at));
    this.addresses = addresses.map(({ ref }) => ref);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(cidr),
      maxAzs: availabilityZones,
      natGateways: availabilityZones,
      natGatewayProvider: NatProvider.gateway({
        eipAllocationIds: addresses.map(({ attrAllocationId }) => attrAllocationId),
      }),
      subnetConfiguration: [
        // Only the gateways are in it: nothing that starts there is given an address of the outside.
        { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      ],
      restrictDefaultSecurityGroup: true,
    });
    this.#log(props.flowLog);
    this.functions = new SecurityGroup(this, 'Functions', {
      vpc: this.vpc,
      description: 'Functions: out to what the protocol needs, and nobody in',
      allowAllOutbound: false,
    });
    for (const { protocol, from, to, why } of egress) {
      const port = protocol === 'tcp' ? Port.tcpRange(from, to) : Port.udpRange(from, to);
      this.functions.addEgressRule(Peer.anyIpv4(), port, why);
    }
  }

  /** Others let it in by name: it outlives the stack. */
  #address(at: number): CfnEIP {
    const address = new CfnEIP(this, `Address${at + 1}`, { domain: 'vpc' });
    address.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return address;
  }

  #log({ name, key, retention }: OwnNetworkProps['flowLog']): void {
    const logGroup = new LogGroup(this, 'FlowLog', {
      logGroupName: name,
      encryptionKey: key,
      retention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.vpc.addFlowLog('Flows', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.ALL,
    });
  }
}
