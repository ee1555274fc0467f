import type { SettingsInput } from '../../shared/settings.ts';
import type { Identities } from './certificates/identities.ts';
import { HISP_CLIENT, HISP_LOGIN } from './partner/edge/account.ts';
import type { World } from './world.ts';

/** The ways out that there are on this machine: docs/relay.md says what each is. */
export const RELAYS = ['smtp', 'ses', 'hisp-smtp', 'hisp-xdr'] as const;
export type RelayName = (typeof RELAYS)[number];

/** The one here that is of the kind of a relay elsewhere. */
export function relayNamed(url: string): RelayName {
  if (/^ses:/i.test(url)) return 'ses';
  if (/^hisp\+xdr:/i.test(url)) return 'hisp-xdr';
  return /^hisp\+/i.test(url) ? 'hisp-smtp' : 'smtp';
}

/** SES takes no more of a message. */
const SES_TAKES_BYTES = 10_000_000;

type Doors = Pick<World, 'partner' | 'edge'>;

/** Where a relay is. */
export const relayUrlOf = (name: RelayName, { partner, edge }: Doors): string =>
  ({
    smtp: `smtp://${partner.address}`,
    ses: 'ses:',
    'hisp-smtp': `hisp+smtps://${edge.submission}`,
    'hisp-xdr': `hisp+xdr://${edge.xdr}`,
  })[name];

/** What is shown to them, as the relay secret has it. */
export const relaySecretOf = ({ edge }: Doors, { tls: { client } }: Identities): string =>
  JSON.stringify({
    credentials: [
      { host: edge.submission, ...HISP_LOGIN },
      {
        host: edge.xdr.split('/')[0],
        certificate: client.certificatePem,
        privateKey: client.privateKeyPem,
      },
    ],
  });

export interface Routing {
  /** By the domain of the recipient, the relays that are not the one of all others. */
  readonly routes?: Readonly<Record<string, RelayName>>;
}

/** What settings say of relays, and of who may speak for a HISP. */
export const relaySettings = (
  { routes = {} }: Routing,
  doors: Doors,
  { tls }: Identities,
): Pick<SettingsInput, 'relay' | 'hisp'> => ({
  relay: {
    authorities: [tls.authority.certificatePem],
    routes: Object.fromEntries(
      Object.entries(routes).map(([domain, name]) => [domain, relayUrlOf(name, doors)]),
    ),
  },
  hisp: { clients: [HISP_CLIENT] },
});

/** A page that somebody writes on this machine to embed the component. */
const OWN_PAGE = 'http://localhost:8080';

/** What the template has to allow: who sends by SES may ask for it, who signs in KMS for its keys. */
export const templateFor = (
  relay: RelayName,
  { routes = {} }: Routing,
  signingKeys: readonly string[],
): object => {
  const deployment = { identity: 'issuer', signingKeys, corsOrigins: [OWN_PAGE], portal: {} };
  return [relay, ...Object.values(routes)].includes('ses')
    ? { maxMessageBytes: SES_TAKES_BYTES, deployment: { ...deployment, relayUrl: 'ses:' } }
    : { deployment };
};
