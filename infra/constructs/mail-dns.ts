import { Aws, CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface MailDnsProps {
  /** By domain, what SES wants to see there. */
  readonly records: ReadonlyMap<string, readonly string[]>;
  /** Whose mail SES takes in. */
  readonly received: readonly string[];
}

/** Tells of each domain which records it needs, as lines of a zone file. */
export function mailDns(scope: Construct, { records, received }: MailDnsProps): void {
  for (const domain of new Set([...records.keys(), ...received])) {
    const mx = `${domain}. MX 10 inbound-smtp.${Aws.REGION}.amazonaws.com.`;
    const lines = [...(records.get(domain) ?? []), ...(received.includes(domain) ? [mx] : [])];
    new CfnOutput(scope, `DnsRecords${inPascalCase(domain)}`, {
      description: `For the DNS of ${domain}, a record a line: those of mail, without its certificates`,
      value: lines.join('\n'),
    });
  }
}

/** `direct.example.org` > `DirectExampleOrg` */
const inPascalCase = (domain: string): string =>
  domain
    .split(/[^a-z0-9]+/i)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
