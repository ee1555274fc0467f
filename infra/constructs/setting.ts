import { Aws } from 'aws-cdk-lib';
import type { PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

/** The value of an environment variable together with the permissions without which it is of no use. */
export interface Setting {
  readonly value: string;
  readonly allows: readonly PolicyStatementProps[];
}

/** A value that needs no permission. */
export const plain = (value: string): Setting => ({ value, allows: [] });

/** The JSON asset that lies beside index.mjs in each function that asks for SETTINGS_FILE. */
export const SETTINGS_FILE = plain('settings.json');

/** The same with the data holder's list of places, in each function that asks for PLACES_FILE. */
export const PLACES_FILE = plain('places.json');

type Service = 'dynamodb' | 's3' | 'secretsmanager' | 'sqs';

/** Use of a key through one service only: a role that may read a bucket cannot decrypt a queue with the same key. */
export const keyUse = (
  key: IKey,
  service: Service,
  actions: readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[],
): PolicyStatementProps => ({
  actions: [...actions],
  resources: [key.keyArn],
  conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
});
