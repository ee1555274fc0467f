import type { ENV as AcceptUpload } from '../lambdas/accept-upload/env.ts';
import type { ENV as ActivateReceiptRules } from '../lambdas/activate-receipt-rules/env.ts';
import type { ENV as Activity } from '../lambdas/activity/env.ts';
import type { ENV as Addresses } from '../lambdas/addresses/env.ts';
import type { ENV as ApiDescription } from '../lambdas/api-description/env.ts';
import type { ENV as Authorizer } from '../lambdas/authorizer/env.ts';
import type { ENV as Consents } from '../lambdas/consents/env.ts';
import type { ENV as DeliverWebhook } from '../lambdas/deliver-webhook/env.ts';
import type { ENV as Directory } from '../lambdas/directory/env.ts';
import type { ENV as Events } from '../lambdas/events/env.ts';
import type { ENV as InboundMail } from '../lambdas/inbound-mail/env.ts';
import type { ENV as MatchTriggers } from '../lambdas/match-triggers/env.ts';
import type { ENV as NameCaller } from '../lambdas/name-caller/env.ts';
import type { ENV as Patients } from '../lambdas/patients/env.ts';
import type { ENV as PollMailbox } from '../lambdas/poll-mailbox/env.ts';
import type { ENV as PublishPortal } from '../lambdas/publish-portal/env.ts';
import type { ENV as Purge } from '../lambdas/purge/env.ts';
import type { ENV as ReceiveNotification } from '../lambdas/receive-notification/env.ts';
import type { ENV as ReceiveRelayEvent } from '../lambdas/receive-relay-event/env.ts';
import type { ENV as Records } from '../lambdas/records/env.ts';
import type { ENV as RefreshTrust } from '../lambdas/refresh-trust/env.ts';
import type { ENV as Report } from '../lambdas/report/env.ts';
import type { ENV as Ring } from '../lambdas/ring/env.ts';
import type { ENV as SendTransmission } from '../lambdas/send-transmission/env.ts';
import type { ENV as Sweep } from '../lambdas/sweep/env.ts';
import type { ENV as Transmissions } from '../lambdas/transmissions/env.ts';
import type { ENV as TransmitRequests } from '../lambdas/transmit-requests/env.ts';
import type { ENV as Uploads } from '../lambdas/uploads/env.ts';
import type { ENV as Webhooks } from '../lambdas/webhooks/env.ts';
import type { ENV as Xdr } from '../lambdas/xdr/env.ts';
import type { Setting } from './constructs/setting.ts';

/** Every function and the settings its env.ts names. */
export interface Functions {
  readonly 'accept-upload': typeof AcceptUpload;
  readonly 'activate-receipt-rules': typeof ActivateReceiptRules;
  readonly activity: typeof Activity;
  readonly addresses: typeof Addresses;
  readonly 'api-description': typeof ApiDescription;
  readonly authorizer: typeof Authorizer;
  readonly consents: typeof Consents;
  readonly 'deliver-webhook': typeof DeliverWebhook;
  readonly directory: typeof Directory;
  readonly events: typeof Events;
  readonly 'inbound-mail': typeof InboundMail;
  readonly 'match-triggers': typeof MatchTriggers;
  readonly 'name-caller': typeof NameCaller;
  readonly patients: typeof Patients;
  readonly 'poll-mailbox': typeof PollMailbox;
  readonly 'publish-portal': typeof PublishPortal;
  readonly purge: typeof Purge;
  readonly 'receive-notification': typeof ReceiveNotification;
  readonly 'receive-relay-event': typeof ReceiveRelayEvent;
  readonly records: typeof Records;
  readonly 'refresh-trust': typeof RefreshTrust;
  readonly report: typeof Report;
  readonly ring: typeof Ring;
  readonly 'send-transmission': typeof SendTransmission;
  readonly sweep: typeof Sweep;
  readonly transmissions: typeof Transmissions;
  readonly 'transmit-requests': typeof TransmitRequests;
  readonly uploads: typeof Uploads;
  readonly webhooks: typeof Webhooks;
  readonly xdr: typeof Xdr;
}

/** A folder under lambdas/. */
export type FunctionName = keyof Functions;

/** One `Setting` for each name in the function's env.ts: a missing one does not compile, nor does one too many. */
export type EnvironmentOf<Name extends FunctionName> = Readonly<
  Record<Functions[Name][number], Setting>
>;
