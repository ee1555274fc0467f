import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { announce } from '../constructs/announce.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { plain, SETTINGS_FILE, type Setting } from '../constructs/setting.ts';
import { INCOMING_FOLDER, UploadBucket } from '../constructs/upload-bucket.ts';
import type { FoundationStack } from './foundation-stack.ts';

export interface UploadStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly defaults: FunctionDefaults;
}

/** Documents that are too large for a call: systems post them to a bucket, and from there they come into the records. */
export class UploadStack extends Stack {
  readonly bucket: UploadBucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, props: UploadStackProps) {
    super(scope, id, props);
    this.#key = new Key(this, 'UploadKey', {
      description: 'Direct Transmit: documents that are being uploaded',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = new UploadBucket(this, 'Uploads', this.#key, props.foundation.accessLogs);
    const { queue } = this.#accepting(props);
    const { bucket } = this.bucket;
    announce({ bucket, folders: [INCOMING_FOLDER], queue, key: this.#key });
  }

  /** What signs forms needs: the bucket, and the name of its key. */
  signing(): Readonly<Record<'UPLOADS_BUCKET' | 'UPLOADS_KEY', Setting>> {
    return { UPLOADS_BUCKET: this.bucket.signing(), UPLOADS_KEY: plain(this.#key.keyArn) };
  }

  #accepting({ foundation, defaults }: UploadStackProps) {
    const { main, records, vault } = foundation;
    return new QueueWorker(this, 'AcceptUpload', {
      name: 'accept-upload',
      env: {
        MAIN_TABLE: main.readingAndWriting(),
        UPLOADS_BUCKET: this.bucket.takingOut(),
        RECORDS_BUCKET: records.puttingInto('documents/'),
        PEPPER_SECRET: vault.readingPepper(),
        SETTINGS_FILE,
      },
      timeout: Duration.seconds(60),
      // Measured: 20 MB are checked in half a second of a processor, in 340 MB beside which they are held twice.
      memorySize: 1024,
      key: this.#key,
      defaults,
    });
  }
}
