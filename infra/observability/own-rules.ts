import type { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../shared/metrics.ts';
import type { Settings } from '../../shared/settings.ts';
import { DAY, HOUR, minutes, type OwnMetric, ownMetrics, type Rule } from './rule.ts';

/** Fewer of them are chance: one of two copies at night is half. */
const LEAST_COPIES = 5;

/** Alarms over what functions put. */
export function ownRules(settings: Settings): readonly Rule[] {
  const own = ownMetrics(settings.stage);
  return [
    ...ofTheSweep(own),
    ...ofCopies(own),
    ...ofTrust(own, settings),
    ...COUNTED.map(({ metric, within = minutes(5), atLeast = 1, ...rule }) => ({
      ...rule,
      metric: own(metric, Stats.SUM, within),
      is: 'at least' as const,
      threshold: atLeast,
    })),
    ...(settings.mailbox ? ofTheMailbox(own) : []),
  ];
}

const ofTheSweep = (own: OwnMetric): readonly Rule[] => [
  {
    id: 'no-sweep',
    severity: 'page',
    means: 'For five minutes nothing looked after what is due.',
    metric: own('SweepRan', Stats.SUM, minutes(1)),
    is: 'below',
    threshold: 1,
    periods: 5,
    whenMissing: 'bad',
  },
  {
    id: 'sweep-late',
    severity: 'look',
    means: 'Things that were due had to wait for more than five minutes.',
    metric: own('SweepLagSeconds', Stats.MAXIMUM, minutes(5)),
    is: 'above',
    threshold: 300,
    periods: 3,
  },
];

const ofCopies = (own: OwnMetric): readonly Rule[] => [
  {
    id: 'failing-copies',
    severity: 'page',
    means: 'More than 5 % of the copies that ended within an hour failed.',
    metric: shareOf(own, 'CopyFailed'),
    is: 'above',
    threshold: 5,
  },
  {
    id: 'unanswered-copies',
    severity: 'look',
    means: 'Of more than 10 % of the copies that ended within an hour nothing was heard in time.',
    metric: shareOf(own, 'CopyUnanswered'),
    is: 'above',
    threshold: 10,
  },
];

/** Nothing ends badly without ending, so where there is the one there is the other. */
const shareOf = (own: OwnMetric, name: MetricName): MathExpression =>
  new MathExpression({
    expression: `IF(bad >= ${LEAST_COPIES}, 100 * bad / ended, 0)`,
    usingMetrics: { bad: own(name, Stats.SUM, HOUR), ended: own('CopyEnded', Stats.SUM, HOUR) },
    period: HOUR,
  });

function ofTrust(own: OwnMetric, { bundles }: Settings): readonly Rule[] {
  const daysLeft = own('OwnCertificateDaysLeft', Stats.MINIMUM, DAY);
  const findable = (statistic: string) => own('OwnCertificateFindable', statistic, DAY);
  return [
    {
      id: 'trust-unwatched',
      severity: 'look',
      means: 'For two days nobody looked for our certificates or fetched bundles.',
      metric: findable(Stats.SAMPLE_COUNT),
      is: 'below',
      threshold: 1,
      periods: 2,
      whenMissing: 'bad',
    },
    {
      id: 'own-certificate-lost',
      severity: 'page',
      means: 'Strangers do not find a certificate of ours that they may use: nobody can answer us.',
      metric: findable(Stats.MINIMUM),
      is: 'below',
      threshold: 1,
      whenMissing: 'as before',
    },
    ...([45, 14, 3] as const).map((days) => ({
      id: 'own-certificate-expires',
      of: `${days}-days`,
      severity: days > 3 ? ('look' as const) : ('page' as const),
      means: `A certificate of ours runs out in less than ${days} days.`,
      metric: daysLeft,
      is: 'below' as const,
      threshold: days,
      whenMissing: 'as before' as const,
    })),
    ...(bundles.length > 0 ? [oldBundle(own)] : []),
  ];
}

/** It is looked at once a day, so the second failure in a row finds it two days old, give or take a minute. */
const oldBundle = (own: OwnMetric): Rule => ({
  id: 'bundle-old',
  severity: 'look',
  means: 'A trust bundle could not be fetched for two days.',
  metric: own('BundleAgeSeconds', Stats.MAXIMUM, DAY),
  is: 'above',
  threshold: 47 * 3600,
  whenMissing: 'as before',
});

const ofTheMailbox = (own: OwnMetric): readonly Rule[] => [
  {
    id: 'mailbox-unread',
    severity: 'page',
    means: 'The mailbox could not be read, or not to the end, for a quarter of an hour.',
    metric: own('MailboxUnread', Stats.SUM, minutes(5)),
    is: 'at least',
    threshold: 1,
    periods: 3,
  },
  {
    id: 'mail-skipped',
    severity: 'look',
    means: 'A mail in the mailbox was passed over: it is longer than is taken, or is none.',
    metric: own('MailSkipped', Stats.SUM, minutes(5)),
    is: 'at least',
    threshold: 1,
  },
];

interface Counted extends Pick<Rule, 'id' | 'severity' | 'means' | 'periods'> {
  readonly metric: MetricName;
  /** @default 5 minutes */
  readonly within?: Duration;
  /** @default 1 */
  readonly atLeast?: number;
}

/** What happens seldom, and then somebody should know. */
const COUNTED: readonly Counted[] = [
  {
    id: 'uncertain-copies',
    severity: 'look',
    means: 'Of a copy nobody knows whether it left.',
    metric: 'UncertainCopy',
    within: minutes(30),
  },
  {
    id: 'circuit-opened',
    severity: 'page',
    means: 'The relay failed again and again, and is left alone for a while.',
    metric: 'CircuitOpened',
  },
  {
    id: 'orphan-notices',
    severity: 'look',
    means: 'More than five notices within an hour were of no copy, or of nobody who may speak.',
    metric: 'OrphanNotice',
    within: HOUR,
    atLeast: 6,
  },
  {
    id: 'complaints',
    severity: 'look',
    means: 'A recipient told the relay that a copy was not wanted.',
    metric: 'Complaint',
  },
  {
    id: 'letter-kept',
    severity: 'look',
    means: 'Somebody who is trusted wrote to us, and it was no notice.',
    metric: 'LetterKept',
  },
  {
    id: 'callers-refused',
    severity: 'look',
    means: 'More than a hundred calls within five minutes were refused, twice in a row.',
    metric: 'CallerRefused',
    atLeast: 101,
    periods: 2,
  },
  {
    id: 'door-unwatched',
    severity: 'look',
    means: 'Calls were let in without being counted: the table for that did not answer.',
    metric: 'DoorUnwatched',
  },
  {
    id: 'upload-unasked',
    severity: 'look',
    means: 'Something is in the bucket for uploads for which no system had asked.',
    metric: 'UploadUnasked',
  },
  {
    id: 'notification-gap',
    severity: 'look',
    means: 'A FHIR subscription counted events that did not come here.',
    metric: 'NotificationGap',
  },
  {
    id: 'purge-failed',
    severity: 'look',
    means: 'Something whose time to be kept is over could not be removed.',
    metric: 'PurgeFailed',
  },
  {
    id: 'bus-untold',
    severity: 'page',
    means: 'The event bus took no reports for hours, and some it will never get.',
    metric: 'BusUntold',
  },
  {
    id: 'submitter-untold',
    severity: 'look',
    means: 'A system that sent by XDR did not take for days what became of it.',
    metric: 'SubmitterUntold',
  },
  {
    id: 'webhook-disabled',
    severity: 'look',
    means: 'A webhook failed for days, and is called no more.',
    metric: 'WebhookDisabled',
  },
];
