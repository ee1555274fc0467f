import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { ACKNOWLEDGED } from '../../infra/nag/acknowledged.ts';
import { judge } from '../../infra/nag/judge.ts';
import { findingsIn } from '../../infra/nag/packs.ts';
import { SANDBOX } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const sandbox = (): App => directTransmit({ config: SANDBOX, outdir: temporaryFolder() });

test('nothing that the three packs find is without a reason', () => {
  const { unacknowledged, covered } = judge(findingsIn(sandbox()), ACKNOWLEDGED);
  expect(unacknowledged).toEqual([]);
  expect(covered.size).toBeGreaterThan(0);
});

test('there are less than 25 pairs of rule and reason, each reason one sentence', () => {
  expect(ACKNOWLEDGED.flatMap(({ rules }) => rules).length).toBeLessThan(25);
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
      rule: 'AwsSolutions-DDB3',
      detail: undefined,
      path: 'Foundation/Scratch/Table/Resource',
      says: '',
    };
    const elsewhere = { ...finding, path: 'Foundation/Main/Table/Resource' };
    const { unacknowledged } = judge([finding, elsewhere], ACKNOWLEDGED);
    expect(unacknowledged).toEqual([elsewhere]);
  });

  test('a reason that covers nothing any more is named', () => {
    const entry = { rules: ['AwsSolutions-X'], reason: 'There once was one.' };
    expect(judge([], [entry]).idle).toEqual(['AwsSolutions-X: There once was one.']);
  });
});
