import { describe, expect, test } from '@jest/globals';
import type { Post } from '../../../infra/local/http/presigned-post.ts';
import { signersOf } from '../../../infra/local/iam/signers.ts';
import { deployed, privilegesIn, withRole, type Resources } from './fixture.ts';

const PUTTING = { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::uploads/in/*' };

const deny = (Condition: object) => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::uploads/*',
  Condition,
});

const BUCKET: Resources = {
  Policy2: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      PolicyDocument: {
        Statement: [
          deny({ StringNotEquals: { 's3:authType': 'POST' } }),
          deny({ NumericGreaterThan: { 's3:signatureAge': '960000' } }),
          deny({ StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }),
        ],
      },
    },
  },
};

const FIELDS = { key: 'in/a', 'x-amz-server-side-encryption': 'aws:kms' };
const post = (fields: object = {}): Post => ({
  bucket: 'uploads',
  fields: new Map(Object.entries({ ...FIELDS, ...fields })),
  file: new Uint8Array(),
});

const refusalOf = (statements: readonly object[], form: Post, signedMinutesAgo = 1) =>
  signersOf(privilegesIn(deployed(withRole(statements, BUCKET))), () => undefined).refusalOf(
    'worker',
    form,
    new Date(Date.now() - signedMinutesAgo * 60_000),
  );

describe('a form', () => {
  test('puts what its signer may put', () => {
    expect(refusalOf([PUTTING], post())).toBeUndefined();
  });

  test.each<[string, ReturnType<typeof refusalOf>]>([
    ['by a signer who may put nothing', refusalOf([], post())],
    ['elsewhere than its signer may', refusalOf([PUTTING], post({ key: 'out/a' }))],
    ['that is older than the bucket takes', refusalOf([PUTTING], post(), 17)],
    [
      'without the encryption that the bucket wants',
      refusalOf([PUTTING], post({ 'x-amz-server-side-encryption': 'AES256' })),
    ],
  ])('%s is refused', (_, refusal) => {
    expect(refusal).toEqual([403, 'AccessDenied', expect.stringContaining('s3:PutObject')]);
  });

  test('by nobody of the templates is known to nobody', () => {
    const signers = signersOf(privilegesIn(deployed(withRole([]))), () => undefined);
    expect([signers.knows('worker'), signers.knows('local')]).toEqual([true, false]);
  });
});
