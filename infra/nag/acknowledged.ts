/** What the packs of rules find and is meant, with the reason: data, so that it can be read and counted. */
export interface Acknowledged {
  /** With their pack, each as `AwsSolutions-IAM5`. */
  readonly rules: readonly string[];
  /** Of which constructs, below the stage. @default all */
  readonly at?: RegExp;
  /** Of a rule that looks at several things in one resource, at which; without it only of rules that do not. */
  readonly detail?: RegExp;
  /** One sentence. */
  readonly reason: string;
}

/** Less than 25 pairs of a rule and a reason: what would be more is cured instead. */
export const ACKNOWLEDGED: readonly Acknowledged[] = [
  {
    rules: ['HIPAA.Security-DynamoDBInBackupPlan'],
    reason:
      'Tables can be put back to any second of 35 days and cannot be deleted; copies in another account belong to the plan of the organisation.',
  },
  {
    rules: ['AwsSolutions-SMG4', 'HIPAA.Security-SecretsManagerRotationEnabled'],
    reason:
      'These secrets are keys of certificates, what others gave us, or stand in ids: they change by hand, with what they belong to.',
  },
  {
    rules: ['AwsSolutions-IAM5'],
    detail:
      /^Resource::<([A-Za-z]+Bucket[0-9A-F]{8}\.Arn>\/([a-z]+\/)?|MainTable[0-9A-F]{8}\.Arn>\/stream\/)\*$/,
    reason:
      'Objects, and the stream of the table, have names that are not known before: each is in one folder of one bucket, or under the one table.',
  },
  {
    rules: ['AwsSolutions-IAM5'],
    at: /^(Core\/SendTransmission|Mail\/Inbound\/Receipt\/Activation|Network\/Joining)\//,
    detail: /^Resource::(arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:\*\/)?\*$/,
    reason:
      'AWS knows no smaller resource for the quota of sending, the active receipt rules, or the interfaces of functions in a network.',
  },
  {
    rules: ['HIPAA.Security-VPCNoUnrestrictedRouteToIGW'],
    at: /^Network\/Own\/Vpc\/PublicSubnet\d\/DefaultRoute$/,
    reason:
      'Only NAT gateways are in these subnets, and by this way functions reach HISPs and directories.',
  },
  {
    rules: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    at: /\/(DeadLetters|SetAside)\/Resource$/,
    reason: 'This queue is where failed messages end, under an alarm.',
  },
  {
    rules: ['AwsSolutions-APIG4'],
    at: /\/GET--v1--(consent-texts--.+|health|openapi\.json)\/Resource$/,
    reason: 'Consent texts, the description of the API and its health are for everybody.',
  },
  {
    rules: ['HIPAA.Security-S3BucketReplicationEnabled'],
    reason: 'Patient data stays in the Region that the deployment names.',
  },
  {
    rules: ['HIPAA.Security-S3BucketVersioningEnabled'],
    at: /^(Foundation\/(Messages|AccessLogs)|Mail\/Mail|Upload\/Uploads)\//,
    reason: 'What passes through is written once, and is gone for good when its time is over.',
  },
  {
    rules: ['HIPAA.Security-S3DefaultEncryptionKMS'],
    at: /^(Foundation\/AccessLogs|Portal\/Portal)\//,
    reason: 'S3 cannot write its log under a key of ours; and the hosted pages are for everybody.',
  },
  {
    rules: ['HIPAA.Security-IAMNoInlinePolicy'],
    reason: 'Each policy belongs to one role of one function, and goes with it.',
  },
  {
    rules: ['HIPAA.Security-LambdaConcurrency'],
    reason:
      'Queues bound how many are called at once, and the gateway how often; what is set aside for one function would be taken from all.',
  },
  {
    rules: ['HIPAA.Security-LambdaDLQ', 'Serverless-LambdaDLQ'],
    reason: 'Callers wait for the answer, or a queue, a stream or the clock calls again.',
  },
  {
    rules: ['HIPAA.Security-LambdaInsideVPC'],
    reason:
      'Functions reach nothing in a private network; who wants fixed addresses chooses a network of its own.',
  },
  {
    rules: ['Serverless-LambdaTracing'],
    reason:
      'A trace would hold paths, which name patients; what happened is in the timeline by id.',
  },
  {
    rules: ['Serverless-LambdaEventSourceMappingDestination'],
    reason: 'A queue sends what failed to its own dead letters, and takes no other destination.',
  },
  {
    rules: ['Serverless-LambdaAsyncFailureDestination', 'Serverless-EventBusDLQ'],
    reason: 'The clock calls again, and then the same work is done.',
  },
  {
    rules: ['AwsSolutions-CFR2'],
    reason:
      'Behind it are files for everybody, and the API, which bounds by itself how often it is called and lets nobody in without a token.',
  },
  {
    rules: ['AwsSolutions-CFR3'],
    reason:
      'A log of it would hold paths of the API, which name patients; what the API answered is in its own log, by route.',
  },
  {
    rules: ['AwsSolutions-CFR4'],
    at: /^Portal\/Distribution\/Pages\//,
    reason:
      'Under the name that CloudFront gives it lets browsers in by old TLS, too: no stage with patients goes by that name unless it is acknowledged.',
  },
];
