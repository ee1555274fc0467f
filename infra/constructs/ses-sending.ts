import { Aws } from 'aws-cdk-lib';
import type { PolicyStatementProps } from 'aws-cdk-lib/aws-iam';

/** As ses-relay.ts names it when it hands a copy over. */
export const configurationSetName = (stage: string): string => `direct-transmit-${stage}`;

/**
 * Mail of the senders, from their own addresses, by SES: whoever may send it can send nobody else's.
 *
 * @param addresses of the senders; SES knows an identity by its domain, or by the whole address
 */
export function sendingBySes(stage: string, addresses: readonly string[]): PolicyStatementProps[] {
  const domains = addresses.map((address) => address.slice(address.lastIndexOf('@') + 1));
  const identities = [...new Set([...domains, ...addresses])];
  return [
    {
      actions: ['ses:SendRawEmail'],
      resources: [
        ...identities.map((identity) => sesArn(`identity/${identity}`)),
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
