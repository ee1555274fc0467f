import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { AccessLogs } from './access-logs.ts';
import { PrivateBucket } from './private-bucket.ts';
import { keyUse, type Setting } from './setting.ts';

/** Where systems post to; nothing else lies there. */
export const INCOMING_FOLDER = 'incoming/';

/** The minutes that `UPLOAD_SECONDS` signs for, and one for clocks that differ. */
const SIGNED_FOR = Duration.minutes(16);

/**
 * The bucket that systems post documents to, with forms that a function signs. What is taken in is removed at once; what
 * is not is gone after a day.
 */
export class UploadBucket extends PrivateBucket {
  readonly #key: IKey;

  constructor(scope: Construct, id: string, key: IKey, accessLogs: AccessLogs) {
    super(scope, id, { key, accessLogs, keepFor: { [INCOMING_FOLDER]: Duration.days(1) } });
    this.#key = key;
    const deny = (condition: string, name: string, value: string): void => {
      this.bucket.addToResourcePolicy(
        new PolicyStatement({
          effect: Effect.DENY,
          principals: [new AnyPrincipal()],
          actions: ['s3:PutObject'],
          resources: [this.bucket.arnForObjects('*')],
          conditions: { [condition]: { [name]: value } },
        }),
      );
    };
    // There is no condition for a checksum. But nothing comes except by a form, and each form has one in its policy.
    deny('StringNotEquals', 's3:authType', 'POST');
    deny('NumericGreaterThan', 's3:signatureAge', String(SIGNED_FOR.toMilliseconds()));
    deny('StringNotEquals', 's3:x-amz-server-side-encryption', 'aws:kms');
    deny('StringNotEquals', 's3:x-amz-server-side-encryption-aws-kms-key-id', key.keyArn);
  }

  /** To sign forms, and to do nothing but what they do. */
  signing(): Setting {
    return this.puttingInto(INCOMING_FOLDER);
  }

  /** To take objects out. Without leave to list, S3 answers of what is not there as it answers a stranger. */
  takingOut(): Setting {
    return {
      value: this.bucket.bucketName,
      allows: [
        {
          actions: ['s3:GetObject', 's3:DeleteObject'],
          resources: [this.bucket.arnForObjects(`${INCOMING_FOLDER}*`)],
        },
        { actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] },
        keyUse(this.#key, 's3', ['kms:Decrypt']),
      ],
    };
  }
}
