import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { AccessLogs } from './access-logs.ts';
import { PrivateBucket } from './private-bucket.ts';
import type { Setting } from './setting.ts';

/** What SES took in, what was posted or fetched, what a HISP gave us: of these the reader of mail is told. */
export const INBOUND_FOLDERS = ['received/', 'posted/', 'hisp/'] as const;
export const RECEIVED_FOLDER = INBOUND_FOLDERS[0];
/** Letters that staff may read. */
const KEPT_FOLDER = 'kept/';

const KEPT_FOR = Duration.days(365);

/** Mail that came in, by whichever way, each in its folder. */
export class MailBucket extends PrivateBucket {
  /** @param noticeDays how long notices are kept as they came; what they say is kept with their copies */
  constructor(
    scope: Construct,
    id: string,
    key: IKey,
    { accessLogs, noticeDays }: { readonly accessLogs: AccessLogs; readonly noticeDays: number },
  ) {
    const inboundFor = Duration.days(noticeDays);
    const inbound = INBOUND_FOLDERS.map((folder) => [folder, inboundFor] as const);
    const keepFor = Object.fromEntries([...inbound, [KEPT_FOLDER, KEPT_FOR] as const]);
    super(scope, id, { key, accessLogs, keepFor });
  }

  /** To read mail, and to keep some of it for staff. */
  readingAndKeeping(): Setting {
    return this.readingAndPuttingInto(KEPT_FOLDER);
  }

  /** To bring mail that came by another way than SMTP. */
  bringing(): Setting {
    return this.puttingInto(...INBOUND_FOLDERS.slice(1));
  }
}
