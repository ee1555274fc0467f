import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { ConfigurationSet } from '../constructs/configuration-set.ts';
import { InboundMail } from '../constructs/inbound-mail.ts';
import { MailDomains } from '../constructs/mail-domains.ts';
import { MailBucket } from '../constructs/mail-bucket.ts';
import { MailboxPoller } from '../constructs/mailbox-poller.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { RelayEvents } from '../constructs/relay-events.ts';
import { SETTINGS_FILE } from '../constructs/setting.ts';
import type { FoundationStack } from './foundation-stack.ts';
import { outside } from './parameters.ts';

export interface MailStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/**
 * What comes back: mail to the senders' addresses, read for notices, and what the relay says of copies that it took.
 * Nothing that sends can reach into it.
 */
export class MailStack extends Stack {
  readonly mail: MailBucket;

  constructor(scope: Construct, id: string, props: MailStackProps) {
    super(scope, id, props);
    const key = new Key(this, 'Key', {
      description: 'Direct Transmit: mail that came in',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { accessLogs } = props.foundation;
    const { noticeDays } = props.defaults.settings.retention;
    this.mail = new MailBucket(this, 'Mail', key, { accessLogs, noticeDays });
    const queue = this.#receiving(props, key);
    new InboundMail(this, 'Inbound', { ...props, bucket: this.mail.bucket, queue, key });
    new MailboxPoller(this, 'Mailbox', { ...props, mail: this.mail });
    this.#sending(props, key);
  }

  /** What SES is told before it sends, or takes in mail, and where it says what became of copies. */
  #sending(props: MailStackProps, key: Key): void {
    const { deployment, defaults } = props;
    const { settings, watched } = defaults;
    const { stage, deadlines } = settings;
    const queue = this.#hearing(props, key);
    const copies = new ConfigurationSet(this, 'Copies', {
      stage,
      events: new RelayEvents(this, 'RelayEvents', { stage, queue, key, watched }),
      firstDeadlineSeconds: deadlines.processedWithinSeconds,
      tlsPolicy: deployment.sesTls,
    });
    new MailDomains(this, 'Domains', {
      settings,
      deployment,
      configurationSet: copies.setName,
    });
  }

  #receiving({ foundation, deployment, defaults }: MailStackProps, key: Key) {
    return new QueueWorker(this, 'ReceiveNotification', {
      name: 'receive-notification',
      env: {
        MAIN_TABLE: foundation.main.readingAndWriting(),
        SCRATCH_TABLE: foundation.scratch.cachingAndCounting(),
        MAIL_BUCKET: this.mail.readingAndKeeping(),
        TRUST_BUCKET: foundation.trust.reading(),
        DECRYPTION_SECRET: foundation.vault.readingDecryptionKeys(),
        SETTINGS_FILE,
        RESOLVERS: outside(this, 'Resolvers', deployment),
      },
      timeout: Duration.seconds(60),
      memorySize: 1024,
      // Anybody can write to us, as much as he likes: what he makes wait is mail, and nothing else.
      maxConcurrency: 20,
      key,
      defaults,
    }).queue;
  }

  #hearing({ foundation, defaults }: MailStackProps, key: Key) {
    return new QueueWorker(this, 'ReceiveRelayEvent', {
      name: 'receive-relay-event',
      env: { MAIN_TABLE: foundation.main.readingAndWriting(), SETTINGS_FILE },
      timeout: Duration.seconds(30),
      batchSize: 10,
      key,
      defaults,
    }).queue;
  }
}
