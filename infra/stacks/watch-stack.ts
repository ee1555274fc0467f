import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { ScheduledFunction } from '../constructs/scheduled-function.ts';
import { SETTINGS_FILE, type Setting } from '../constructs/setting.ts';
import { StreamWorker } from '../constructs/stream-worker.ts';
import type { CoreStack } from './core-stack.ts';
import type { FoundationStack } from './foundation-stack.ts';
import type { ReportStack } from './report-stack.ts';

export interface WatchStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly core: CoreStack;
  readonly report: ReportStack;
  readonly defaults: FunctionDefaults;
}

/**
 * What looks at the table: its stream rings for what is new and tells what happened, and the clock misses nothing of what
 * is due or has been kept for its time.
 */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, props: WatchStackProps) {
    super(scope, id, props);
    const { core, report } = props;
    const bells = {
      MATCH_QUEUE_URL: core.match.ringing(),
      SEND_QUEUE_URL: core.send.ringing(),
      DELIVER_WEBHOOK_QUEUE_URL: report.ringing(),
    };
    this.#ringing(props, bells);
    this.#telling(props);
    this.#sweeping(props, bells);
    this.#purging(props);
  }

  #ringing({ foundation: { main, dataKey: key }, defaults }: WatchStackProps, bells: Bells) {
    return new StreamWorker(this, 'Ring', {
      name: 'ring',
      env: bells,
      timeout: Duration.seconds(30),
      table: main,
      insertedKinds: ['trigger', 'transmission', 'delivery', 'answer'],
      key,
      defaults,
    });
  }

  /** Nobody tells it again when a record is given up, so that is done late. */
  #telling({ foundation, core, report, defaults }: WatchStackProps) {
    const { main, audit, dataKey: key } = foundation;
    return new StreamWorker(this, 'Report', {
      name: 'report',
      env: {
        MAIN_TABLE: main.readingAndWriting(),
        AUDIT_TABLE: audit.appending(),
        EVENT_BUS: report.bus.publishing(),
        MATCH_QUEUE_URL: core.match.ringing(),
        SETTINGS_FILE,
      },
      timeout: Duration.seconds(60),
      table: main,
      insertedKinds: ['fact', 'milestone', 'deed'],
      batchSize: 20,
      retryFor: Duration.hours(6),
      key,
      defaults,
    });
  }

  #sweeping({ foundation: { main }, defaults }: WatchStackProps, bells: Bells) {
    return new ScheduledFunction(this, 'Sweep', {
      name: 'sweep',
      env: { MAIN_TABLE: main.sweeping(), SETTINGS_FILE, ...bells },
      timeout: Duration.seconds(55),
      every: Duration.minutes(1),
      defaults,
    });
  }

  /** Nobody else may remove what was sent or what a record was. */
  #purging({ foundation: { main, messages, records }, defaults }: WatchStackProps) {
    return new ScheduledFunction(this, 'Purge', {
      name: 'purge',
      env: {
        MAIN_TABLE: main.sweeping(),
        MESSAGES_BUCKET: messages.removing('outgoing/'),
        RECORDS_BUCKET: records.removing('documents/', 'submissions/'),
        SETTINGS_FILE,
      },
      timeout: Duration.minutes(10),
      every: Duration.hours(1),
      defaults,
    });
  }
}

type Bells = Readonly<
  Record<'MATCH_QUEUE_URL' | 'SEND_QUEUE_URL' | 'DELIVER_WEBHOOK_QUEUE_URL', Setting>
>;
