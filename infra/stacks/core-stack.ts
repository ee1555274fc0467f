import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { SETTINGS_FILE, type Setting } from '../constructs/setting.ts';
import { StreamWorker } from '../constructs/stream-worker.ts';
import type { FoundationStack } from './foundation-stack.ts';
import { outside } from './parameters.ts';
import type { ReportStack } from './report-stack.ts';

export interface CoreStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly report: ReportStack;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/**
 * From a trigger to the hand-over: two queues, the stream that rings them and from which all that happens is told, and the
 * clock that misses nothing.
 */
export class CoreStack extends Stack {
  readonly #send: QueueWorker<'send-transmission'>;

  constructor(scope: Construct, id: string, props: CoreStackProps) {
    super(scope, id, props);
    const resolvers = outside(this, 'Resolvers', props.deployment);
    const match = this.#matching(props, resolvers);
    this.#send = this.#sending(props, resolvers);
    const bells = {
      MATCH_QUEUE_URL: match.ringing(),
      SEND_QUEUE_URL: this.ringingSender(),
      DELIVER_WEBHOOK_QUEUE_URL: props.report.ringing(),
    };
    this.#ringing(props, bells);
    this.#telling(props, match.ringing());
    this.#sweeping(props, bells);
  }

  /** For who has a copy sent before its time. */
  ringingSender(): Setting {
    return this.#send.ringing();
  }

  #matching({ foundation, defaults }: CoreStackProps, RESOLVERS: Setting) {
    const { main, scratch, trust, dataKey: key } = foundation;
    return new QueueWorker(this, 'MatchTriggers', {
      name: 'match-triggers',
      env: {
        MAIN_TABLE: main.readingAndWriting(),
        SCRATCH_TABLE: scratch.caching(),
        TRUST_BUCKET: trust.reading(),
        SETTINGS_FILE,
        RESOLVERS,
      },
      // Paused addresses are looked for in DNS and LDAP, all at once.
      timeout: Duration.seconds(60),
      batchSize: 10,
      key,
      defaults,
    });
  }

  #sending({ foundation, deployment, defaults }: CoreStackProps, RESOLVERS: Setting) {
    const { main, scratch, records, messages, trust, vault, dataKey: key } = foundation;
    return new QueueWorker(this, 'SendTransmission', {
      name: 'send-transmission',
      env: {
        MAIN_TABLE: main.readingAndWriting(),
        SCRATCH_TABLE: scratch.caching(),
        RECORDS_BUCKET: records.reading(),
        MESSAGES_BUCKET: messages.readingAndWriting(),
        TRUST_BUCKET: trust.reading(),
        IDENTITY_SECRET: vault.readingIdentityToSign(deployment.signingKeys),
        MESSAGE_ID_SECRET: vault.readingMessageIdSecret(),
        PEPPER_SECRET: vault.readingPepper(),
        SETTINGS_FILE,
        RELAY_URL: outside(this, 'RelayUrl', deployment),
        RESOLVERS,
      },
      // A relay may take a minute (smtp-relay.ts), and finding, reading and packaging come before.
      timeout: Duration.seconds(120),
      // A whole processor: a copy is compressed, signed and encrypted in memory.
      memorySize: 1769,
      maxConcurrency: deployment.sendConcurrency,
      key,
      defaults,
    });
  }

  #ringing({ foundation: { main, dataKey: key }, defaults }: CoreStackProps, bells: Bells) {
    return new StreamWorker(this, 'Ring', {
      name: 'ring',
      env: bells,
      timeout: Duration.seconds(30),
      table: main,
      insertedKinds: ['trigger', 'transmission', 'delivery'],
      key,
      defaults,
    });
  }

  /** Nobody tells it again when a record is given up, so that is done late. */
  #telling({ foundation, report, defaults }: CoreStackProps, MATCH_QUEUE_URL: Setting) {
    const { main, audit, dataKey: key } = foundation;
    return new StreamWorker(this, 'Report', {
      name: 'report',
      env: {
        MAIN_TABLE: main.readingAndWriting(),
        AUDIT_TABLE: audit.appending(),
        EVENT_BUS: report.bus.publishing(),
        MATCH_QUEUE_URL,
        SETTINGS_FILE,
      },
      timeout: Duration.seconds(60),
      table: main,
      insertedKinds: ['fact', 'milestone'],
      batchSize: 20,
      retryFor: Duration.hours(6),
      key,
      defaults,
    });
  }

  #sweeping({ foundation: { main }, defaults }: CoreStackProps, bells: Bells) {
    return new ScheduledFunction(this, 'Sweep', {
      name: 'sweep',
      env: { MAIN_TABLE: main.sweeping(), SETTINGS_FILE, ...bells },
      timeout: Duration.seconds(55),
      every: Duration.minutes(1),
      defaults,
    });
  }
}

type Bells = Readonly<
  Record<'MATCH_QUEUE_URL' | 'SEND_QUEUE_URL' | 'DELIVER_WEBHOOK_QUEUE_URL', Setting>
>;
