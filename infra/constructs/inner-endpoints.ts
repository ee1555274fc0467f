import { Aws, Fn, Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  type ISecurityGroup,
  InterfaceVpcEndpointAwsService,
  Port,
  SecurityGroup,
  SubnetType,
  type Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface InnerEndpointsProps {
  readonly vpc: Vpc;
  /** Who may use them. */
  readonly users: ISecurityGroup;
  /** Whether code signs with keys of KMS itself; what tables, buckets and queues do with keys, they do on their side. */
  readonly signsWithKms: boolean;
}

/**
 * Ways to the services that functions call which do not lead through the outside. There is none for CloudWatch Logs: Lambda
 * takes what functions print beside the network. And none for SES, whose API has not one in every region: it is reached by
 * TLS through the outside, from the fixed addresses.
 */
export class InnerEndpoints extends Construct {
  constructor(scope: Construct, id: string, { vpc, users, signsWithKms }: InnerEndpointsProps) {
    super(scope, id);
    this.#gateways(vpc);
    const door = new SecurityGroup(this, 'Door', {
      vpc,
      description: 'Endpoints of services: in from functions, and nowhere out',
      allowAllOutbound: false,
    });
    door.addIngressRule(users, Port.tcp(443), 'From functions');
    const services = {
      Sqs: InterfaceVpcEndpointAwsService.SQS,
      SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
      EventBridge: InterfaceVpcEndpointAwsService.EVENTBRIDGE,
      ...(signsWithKms && { Kms: InterfaceVpcEndpointAwsService.KMS }),
    };
    for (const [name, service] of Object.entries(services)) {
      const endpoint = vpc.addInterfaceEndpoint(name, {
        service,
        subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        securityGroups: [door],
        // Else everything in the network could use them.
        open: false,
        privateDnsEnabled: true,
      });
      endpoint.addToPolicy(allowed({ actions: ['*'], resources: ['*'], conditions: OURS }));
    }
  }

  /**
   * All traffic to buckets of the region comes by here, also to those of others: certificate authorities publish their lists
   * in some. So anything may be read, as far as its owner lets us, and nothing be put anywhere but with us.
   */
  #gateways(vpc: Vpc): void {
    const buckets = vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    buckets.addToPolicy(
      allowed({
        actions: ['s3:*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    buckets.addToPolicy(allowed({ actions: ['s3:GetObject'], resources: ['*'] }));
    // Where CloudFormation waits for what functions say of its resources: without this a deployment hangs.
    const answers = `cloudformation-custom-resource-response-${Fn.join('', Fn.split('-', Stack.of(this).region))}`;
    buckets.addToPolicy(
      allowed({
        actions: ['s3:PutObject'],
        resources: [`arn:${Aws.PARTITION}:s3:::${answers}/*`],
      }),
    );
    const tables = vpc.addGatewayEndpoint('DynamoDb', {
      service: GatewayVpcEndpointAwsService.DYNAMODB,
    });
    const ofOurs = `arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/*`;
    tables.addToPolicy(allowed({ actions: ['dynamodb:*'], resources: [ofOurs] }));
  }
}

/** Whoever got in with credentials of another account carries nothing out with them. */
const OURS = { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } };

const allowed = (props: PolicyStatementProps): PolicyStatement =>
  new PolicyStatement({ principals: [new AnyPrincipal()], ...props });
