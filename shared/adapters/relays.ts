import type { Relay } from '../deliver/relay.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Settings } from '../settings.ts';
import { hispSmtpRelay } from './hisp-smtp-relay.ts';
import type { CredentialsFor } from './relay-secret.ts';
import { sesRelay } from './ses/ses-relay.ts';
import { smtpRelay } from './smtp-relay.ts';
import { xdrRelay } from './xdr/xdr-relay.ts';

/** What a relay may need besides its URL. */
export interface RelayPorts {
  readonly credentials: CredentialsFor;
  readonly log: Log;
  readonly metrics: Metrics;
}

export type MakeRelay = (
  url: string,
  settings: Pick<Settings, 'maxMessageBytes' | 'relay' | 'stage'>,
  ports: RelayPorts,
) => Relay;

type Over = (
  url: string,
  options: {
    readonly maxMessageBytes: number;
    readonly authorities: readonly string[];
    readonly credentials: CredentialsFor;
  },
) => Relay;

const by =
  (over: Over): MakeRelay =>
  (url, { maxMessageBytes, relay: { authorities } }, { credentials }) =>
    over(url, { maxMessageBytes, authorities, credentials });

const MAKERS: Readonly<Record<string, MakeRelay>> = {
  smtp: by(smtpRelay),
  smtps: by(smtpRelay),
  ses: sesRelay,
  'hisp+smtp': by(hispSmtpRelay),
  'hisp+smtps': by(hispSmtpRelay),
  'hisp+xdr': by(xdrRelay),
};

/**
 * The relay that a URL names; the scheme chooses the transport.
 *
 * @throws Error naming the schemes that there are; it never quotes more than the scheme
 */
export const relayAt: MakeRelay = (url, settings, ports) => {
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(url)?.[1]?.toLowerCase() ?? '';
  const make = Object.hasOwn(MAKERS, scheme) ? MAKERS[scheme] : undefined;
  if (make) return make(url, settings, ports);
  const known = Object.keys(MAKERS).join(', ');
  throw new Error(`There is no relay for URLs of scheme "${scheme}"; there is one for ${known}`);
};
