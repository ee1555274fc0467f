import { Aws } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Effect, type IManagedPolicy, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';

/** Where functions run that have a network of their own. */
export interface FunctionNetwork {
  readonly place: {
    readonly vpc: IVpc;
    readonly vpcSubnets: SubnetSelection;
    readonly securityGroups: ISecurityGroup[];
  };
  /** What the role of a function in it needs. */
  readonly joining: IManagedPolicy;
}

/** What Lambda does in the name of a function's role before the function runs: it puts it into the network. */
const INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
];
/** EC2 knows no smaller resource for these than all of them. */
const LOOKING = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];

const here = `${Aws.REGION}:${Aws.ACCOUNT_ID}`;

/** For the role of a function to be in a network. */
export const JOINING: readonly PolicyStatementProps[] = [
  { actions: INTERFACES, resources: [`arn:${Aws.PARTITION}:ec2:${here}:*/*`] },
  { actions: LOOKING, resources: ['*'] },
];

/** The code of the function can do nothing with it: Lambda itself asks without the name of a function, code asks with it. */
export const codeStaysOut = (functionName: string): PolicyStatementProps => ({
  effect: Effect.DENY,
  actions: [...INTERFACES, ...LOOKING, 'ec2:DetachNetworkInterface'],
  resources: ['*'],
  conditions: {
    ArnEquals: {
      'lambda:SourceFunctionArn': `arn:${Aws.PARTITION}:lambda:${here}:function:${functionName}`,
    },
  },
});
