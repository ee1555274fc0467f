import type { Settings } from '../shared/settings.ts';
import { isSes, type Deployment } from './deployment-settings.ts';

type SesSettings = Pick<Settings, 'senders' | 'relay' | 'mailbox'>;
type SesDeployment = Pick<Deployment, 'relayUrl' | 'receiving' | 'sesIdentities'>;

/** Whether some copy may go by SES. */
export const sendsBySes = ({ relayUrl }: SesDeployment, { relay }: SesSettings): boolean =>
  [relayUrl, ...Object.values(relay.routes)].some(isSes);

/** Whether SES takes in mail to the senders. */
export const receivesBySes = ({ receiving }: SesDeployment, { mailbox }: SesSettings): boolean =>
  (receiving ?? (mailbox ? 'elsewhere' : 'ses')) === 'ses';

/** What the deployment registers with SES: it has to know a domain for sending, and for taking in mail as well. */
export function sesIdentitiesOf(
  deployment: SesDeployment,
  settings: SesSettings,
): readonly string[] {
  if (!sendsBySes(deployment, settings) && !receivesBySes(deployment, settings)) return [];
  return deployment.sesIdentities ?? domainsOf(settings);
}

export const domainsOf = ({ senders }: Pick<Settings, 'senders'>): readonly string[] => [
  ...new Set(senders.map(({ address }) => domainOf(address))),
];

export const domainOf = (identity: string): string =>
  identity.slice(identity.lastIndexOf('@') + 1).toLowerCase();
