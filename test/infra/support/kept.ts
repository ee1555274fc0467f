import type { App } from 'aws-cdk-lib';
import { synthesised } from './templates.ts';

/**
 * What holds something that nobody could make again, by type, each with the properties that CloudFormation cannot change
 * without making another one.
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'AWS::Cognito::UserPool': ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'],
  'AWS::DynamoDB::Table': ['KeySchema', 'LocalSecondaryIndexes', 'TableName'],
  'AWS::EC2::EIP': ['Domain'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion'],
  'AWS::S3::Bucket': ['BucketName', 'ObjectLockEnabled'],
  'AWS::SES::EmailIdentity': ['EmailIdentity'],
  'AWS::SecretsManager::Secret': ['Name'],
};

interface Written {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export type KeptResources = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>;

/** By stack, by logical id with the hash at its end: the type, and the values of such properties. */
export const keptIn = (app: App): KeptResources =>
  Object.fromEntries(
    synthesised(app).stacks.flatMap(({ stackName, template }) => {
      const kept = Object.entries(template.Resources as Record<string, Written>)
        .filter(([, { Type: type }]) => type in KEPT)
        .map(([id, { Type: type, Properties: properties = {} }]) => {
          const fixed = Object.entries(properties).filter(([name]) => KEPT[type]?.includes(name));
          return [id, { type, ...Object.fromEntries(fixed) }] as const;
        })
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return kept.length === 0
        ? []
        : [[stackName.split('-').at(-1) ?? '', Object.fromEntries(kept)] as const];
    }),
  );
