import { Construct } from 'constructs';
import type { Settings } from '../../shared/settings.ts';
import type { Deployment } from '../config.ts';
import { domainsOf, receivesBySes, sendsBySes, sesIdentitiesOf } from '../ses-use.ts';
import { mailDns } from './mail-dns.ts';
import { SesIdentities } from './ses-identities.ts';

export interface MailDomainsProps {
  readonly settings: Settings;
  readonly deployment: Deployment;
  /** Of copies. */
  readonly configurationSet: string;
}

/** The domains of the senders, as far as SES sends or takes in mail for them, and what each needs in its DNS. */
export class MailDomains extends Construct {
  constructor(scope: Construct, id: string, props: MailDomainsProps) {
    super(scope, id);
    const { settings, deployment, configurationSet } = props;
    const { mailFrom } = deployment;
    const { records } = new SesIdentities(this, 'Identities', {
      identities: sesIdentitiesOf(deployment, settings),
      ...(sendsBySes(deployment, settings) && { sending: { configurationSet, mailFrom } }),
    });
    const received = receivesBySes(deployment, settings) ? domainsOf(settings) : [];
    mailDns(scope, { records, received });
  }
}
