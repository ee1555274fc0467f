import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { readConfig, stagesIn } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { ACKNOWLEDGED } from '../../infra/nag/acknowledged.ts';
import { judge } from '../../infra/nag/judge.ts';
import { type Finding, findingsIn } from '../../infra/nag/packs.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const findingsOf = (stage: string): Finding[] =>
  findingsIn(directTransmit({ config: readConfig({ stage }), outdir: temporaryFolder() }));

test('nothing that the three packs find in any stage is without a reason, and no reason without a finding', () => {
  const { unacknowledged, idle } = judge(stagesIn().flatMap(findingsOf), ACKNOWLEDGED);
  expect(unacknowledged).toEqual([]);
  expect(idle).toEqual([]);
});

test('there are less than 25 pairs of rule and reason, each reason one sentence', () => {
  const pairs = ACKNOWLEDGED.flatMap(({ rules }) => rules).length;
  expect(pairs).toBeLessThan(25);
  expect(pairs).toBeGreaterThan(0);
  for (const { reason } of ACKNOWLEDGED) expect(reason).toMatch(/^[A-Z][^.]+\.$/);
});

/** A name of the stacks, in which reasons would count. */
const planted = (plant: (stack: Stack) => void): string[] => {
  const app = new App({ autoSynth: false, outdir: temporaryFolder() });
  plant(new Stack(app, 'DirectTransmit-sandbox-Planted'));
  return judge(findingsIn(app), ACKNOWLEDGED).unacknowledged.map(({ rule }) => rule);
};

const role = (stack: Stack, id: string): Role =>
  new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

describe('a planted fault is found', () => {
  test.each<[string, readonly string[], (stack: Stack) => void]>([
    [
      'a bucket that anybody reaches without TLS and nobody logs',
      [
        'AwsSolutions-S1',
        'AwsSolutions-S10',
        'HIPAA.Security-S3BucketLoggingEnabled',
        'HIPAA.Security-S3BucketVersioningEnabled',
      ],
      (stack) => new Bucket(stack, 'Open'),
    ],
    [
      'a queue without dead letters',
      ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
      (stack) => new Queue(stack, 'Forgetful', { enforceSSL: true }),
    ],
    [
      'a role that may do everything with every bucket',
      ['AwsSolutions-IAM5'],
      (stack) =>
        role(stack, 'Almighty').addToPolicy(
          new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }),
        ),
    ],
    [
      'a role that may read every object of buckets of others',
      ['AwsSolutions-IAM5'],
      (stack) =>
        role(stack, 'Curious').addToPolicy(
          new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::other/*'] }),
        ),
    ],
  ])('%s', (_, rules, plant) => {
    expect(planted(plant)).toEqual(expect.arrayContaining([...rules]));
  });

  test('a reason counts for the resource that it names, and for no other', () => {
    const finding = {
      rule: 'HIPAA.Security-S3DefaultEncryptionKMS',
      detail: undefined,
      path: 'Foundation/AccessLogs/Bucket/Resource',
      says: '',
    };
    const elsewhere = { ...finding, path: 'Foundation/Records/Bucket/Resource' };
    const { unacknowledged } = judge([finding, elsewhere], ACKNOWLEDGED);
    expect(unacknowledged).toEqual([elsewhere]);
  });

  test('a reason that covers nothing any more is named', () => {
    const entry = { rules: ['AwsSolutions-X'], reason: 'There once was one.' };
    expect(judge([], [entry]).idle).toEqual(['AwsSolutions-X: There once was one.']);
  });
});
