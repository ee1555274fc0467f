import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../../shared/settings.ts';
import type { Deployment } from '../config.ts';
import { identityOf } from '../deployment-settings.ts';
import { receivesBySes, sendsBySes, sesIdentitiesOf } from '../ses-use.ts';

/** What a deployment leaves to people, in the order in which it is done, a step a line. */
export function nextSteps(scope: Construct, deployment: Deployment, settings: Settings): void {
  const steps = stepsFor(deployment, settings).map((step, at) => `${at + 1}. ${step}`);
  new CfnOutput(scope, 'NextSteps', {
    description: 'What is left to do, in this order; docs/deploy.md says how',
    value: steps.join('\n'),
  });
}

function stepsFor(deployment: Deployment, settings: Settings): readonly string[] {
  const sends = sendsBySes(deployment, settings);
  const receives = receivesBySes(deployment, settings);
  const identities = sesIdentitiesOf(deployment, settings);
  return [
    'Fill the secrets that the outputs SigningSecret and DecryptionSecret name: the keys and certificates of the senders.',
    ...(showsCredentials(deployment, settings)
      ? ['Fill the secret that the output RelaySecret names: what relays and servers want to see.']
      : []),
    ...(identities.length > 0 || receives
      ? ['Publish the records that the outputs DnsRecords name, except the MX of the senders.']
      : []),
    ...(identities.length > 0 ? ['Wait until SES calls each identity verified.'] : []),
    'Have the consent texts read by counsel before patients see them.',
    receives
      ? 'Publish the MX of the senders: from then on notices come in.'
      : `Have mail to the senders ${settings.mailbox ? 'delivered to the mailbox' : 'posted to POST /v1/inbound-mail'}.`,
    ...(sends ? ['Ask AWS to take SES out of the sandbox: until then it sends to verified addresses alone.'] : []), // prettier-ignore
    'Publish the certificates of the senders by DNS or LDAP: transmit publish.',
    ...(identityOf(deployment) === 'cognito'
      ? ['Add users to the pool that the output UserPoolId names, each to one group.']
      : []),
    ...portalSteps(deployment),
    ...(deployment.network.kind === 'vpc'
      ? ['Have relays and directories let in what the output EgressAddresses names.']
      : []),
    'Ask whether all of it holds: transmit doctor.',
  ];
}

/** The issuer sends nobody to a page that it was not told of. */
function portalSteps(deployment: Deployment): readonly string[] {
  const { portal } = deployment;
  if (!portal) return [];
  const pages = '/share and /provider under the output PortalUrl';
  return [
    ...(portal.domain ? ['Have the name of the hosted pages lead to what the output PortalName names.'] : []), // prettier-ignore
    ...(identityOf(deployment) === 'issuer'
      ? [`Register ${pages} with the issuer, which has to let these pages fetch tokens.`]
      : []),
    ...(identityOf(deployment) === 'cognito' && !portal.domain
      ? [
          `Write ${pages} into deployment.portalUrls, and deploy again: until then nobody signs in there.`,
        ]
      : []),
  ];
}

/** Relays other than SES, mailboxes and FHIR servers want to know who asks. */
const showsCredentials = (deployment: Deployment, settings: Settings): boolean =>
  !deployment.relayUrl ||
  [deployment.relayUrl, ...Object.values(settings.relay.routes)].some(
    (url) => !/^ses:$/i.test(url),
  ) ||
  settings.mailbox !== undefined ||
  settings.recordSource.kind === 'fhir';
