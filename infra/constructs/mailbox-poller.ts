import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FunctionDefaults } from './handler-function.ts';
import type { MailBucket } from './mail-bucket.ts';
import type { MainTable } from './main-table.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import { SETTINGS_FILE } from './setting.ts';
import type { Vault } from './vault.ts';

export interface MailboxPollerProps {
  readonly foundation: { readonly main: MainTable; readonly vault: Vault };
  readonly mail: MailBucket;
  readonly defaults: FunctionDefaults;
}

/** A mailbox on somebody else's server is asked each minute for what is new; where the settings name none, there is nothing. */
export class MailboxPoller extends Construct {
  constructor(scope: Construct, id: string, props: MailboxPollerProps) {
    super(scope, id);
    const { foundation, mail, defaults } = props;
    if (!defaults.settings.mailbox) return;
    new ScheduledFunction(this, 'PollMailbox', {
      name: 'poll-mailbox',
      env: {
        MAIN_TABLE: foundation.main.markingMailboxes(),
        MAIL_BUCKET: mail.bringing(),
        RELAY_SECRET: foundation.vault.readingRelayCredentials(),
        SETTINGS_FILE,
      },
      // As long as until the next one. What takes longer is left to that.
      timeout: Duration.seconds(60),
      // A mail of 40 MB is held whole, and more than once.
      memorySize: 1024,
      every: Duration.minutes(1),
      defaults,
    });
  }
}
