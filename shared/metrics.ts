/** Where CloudWatch keeps them. */
export const METRICS_NAMESPACE = 'DirectTransmit';

/** What every value is filed under. Whoever asks for one has to name all of it, or finds none. */
export const metricDimensions = (stage: string) => ({ service: 'direct-transmit', stage }) as const;

/** Every metric and its unit. Of several addresses or bundles each is a value of its own: alarms look at the worst. */
export const METRICS = {
  /** A request that was made. */
  RequestCreated: 'Count',
  /** A request that was revoked, as a whole or for one address. */
  RequestRevoked: 'Count',
  /** An event that a system reported, and that was not known before. */
  EventTaken: 'Count',
  /** An event that had been reported before. */
  EventRepeated: 'Count',
  /** What happened to one request within a while was put together into one sending. */
  WindowClosed: 'Count',
  /** A copy that is to be sent; probes are counted as copies are. */
  CopyRequested: 'Count',
  /** An attempt from which nothing left, and that is made again. */
  CopyDeferred: 'Count',
  /** A copy that the relay took. */
  CopyHandedOver: 'Count',
  /** Since a copy was to be sent, or could be, until the relay had it. */
  HandedOverInSeconds: 'Seconds',
  /** A notice that a recipient's mail service has a copy. */
  CopyProcessed: 'Count',
  /** Since a copy was handed over until that notice. */
  ProcessedInSeconds: 'Seconds',
  /** A copy that ended well or badly: what shares of either are taken of. */
  CopyEnded: 'Count',
  /** A copy that ended well. */
  CopyDelivered: 'Count',
  /** A copy that ended badly, for whatever reason. */
  CopyFailed: 'Count',
  /** Of those, one about which the recipient's side did not say in time what it had to. */
  CopyUnanswered: 'Count',
  /** A copy that was not to be sent any more. */
  CopyStopped: 'Count',
  /** A notice about a copy that had ended before. */
  LateNotice: 'Count',
  /** 1 when strangers find a certificate for a sending address and trust it, else 0. */
  OwnCertificateFindable: 'None',
  /** Whole days until the first certificate to which strangers encrypt runs out; no value while there is none. */
  OwnCertificateDaysLeft: 'Count',
  /** Since a list of anchors was last fetched and found good. */
  BundleAgeSeconds: 'Seconds',
  /** 1 after each run of the sweep: none for some minutes means that nothing is looked after. */
  SweepRan: 'Count',
  /** How long the thing that was due longest had been due when the sweep came to it. */
  SweepLagSeconds: 'Seconds',
  /** A ring for which there was nothing to do. */
  DuplicateDoorbell: 'Count',
  /** A notice about nothing that was sent from here, or from nobody who may speak for the recipient. */
  OrphanNotice: 'Count',
  /** An object in the bucket for uploads for which nobody had asked. */
  UploadUnasked: 'Count',
  /** Mail of somebody who is trusted that is no notice, and is kept for staff. */
  LetterKept: 'Count',
  /** A mail in the mailbox that is longer than is taken, and was passed over. */
  MailSkipped: 'Count',
  /** A call that was let in without being counted, or without its Idempotency-Key being looked up: Scratch did not answer. */
  DoorUnwatched: 'Count',
  /** 1 when a mailbox could not be read, or not to the end. */
  MailboxUnread: 'Count',
  /** A call without a token, or with one that does not do. An answer that is kept is not counted again. */
  CallerRefused: 'Count',
  /** Events that a FHIR subscription counted and that did not come here. */
  NotificationGap: 'Count',
  /** A recipient told the relay that a copy was not wanted. */
  Complaint: 'Count',
  /** How much is used of what SES takes in 24 hours. */
  RelayQuotaUsedPercent: 'Percent',
  /** A copy of which nobody knows whether it left. */
  UncertainCopy: 'Count',
  /** 1 when the relay is left alone for a while. */
  CircuitOpened: 'Count',
  /** Since something happened until it was reported. */
  ReportLagSeconds: 'Seconds',
  /** Reports that the bus did not take for hours, and is not told any more. */
  BusUntold: 'Count',
  /** A report that a system which sent by XDR did not take for days. */
  SubmitterUntold: 'Count',
  /** What had been kept for its time and was removed. */
  Purged: 'Count',
  /** What should have been removed and could not be. */
  PurgeFailed: 'Count',
  /** A webhook that was given up. */
  WebhookDisabled: 'Count',
} as const;

export type MetricName = keyof typeof METRICS;

export interface Metrics {
  put(name: MetricName, value: number): void;
}
