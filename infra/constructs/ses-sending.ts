import { Aws } from 'aws-cdk-lib';
import type { PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { Settings } from '../../shared/settings.ts';
import type { Deployment } from '../config.ts';
import { domainOf, sendsBySes, sesIdentitiesOf } from '../ses-use.ts';

/** As ses-relay.ts names it when it hands a copy over. */
export const configurationSetName = (stage: string): string => `direct-transmit-${stage}`;

/**
 * Mail of the senders, from their own addresses, by SES: whoever may send it can send nobody else's. Where no relay is
 * SES, nothing: another one asks for nothing of AWS.
 */
export function sendingBySes(deployment: Deployment, settings: Settings): PolicyStatementProps[] {
  if (!sendsBySes(deployment, settings)) return [];
  const { stage, senders } = settings;
  const addresses = senders.map(({ address }) => address);
  // SES knows a sender by the nearest identity that there is: the address, its domain, or one above that.
  const identities = new Set([
    ...addresses.map(domainOf),
    ...addresses,
    ...sesIdentitiesOf(deployment, settings),
  ]);
  return [
    {
      actions: ['ses:SendRawEmail'],
      resources: [
        ...[...identities].map((identity) => sesArn(`identity/${identity}`)),
        sesArn(`configuration-set/${configurationSetName(stage)}`),
      ],
      conditions: { StringEquals: { 'ses:FromAddress': [...addresses] } },
    },
    // Of the account: there is no smaller resource to name.
    { actions: ['ses:GetSendQuota'], resources: ['*'] },
  ];
}

const sesArn = (resource: string): string =>
  `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
