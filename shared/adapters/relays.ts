import type { Relay } from '../deliver/relay.ts';
import { smtpRelay } from './smtp-relay.ts';

const TRANSPORTS: Readonly<Record<string, typeof smtpRelay>> = {
  smtp: smtpRelay,
  smtps: smtpRelay,
};

/**
 * The relay that a URL names; the scheme chooses the transport.
 *
 * @throws Error naming the schemes that there are; it never quotes more than the scheme
 */
export function relayAt(url: string, { maxMessageBytes }: Pick<Relay, 'maxMessageBytes'>): Relay {
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(url)?.[1]?.toLowerCase() ?? '';
  const transport = Object.hasOwn(TRANSPORTS, scheme) ? TRANSPORTS[scheme] : undefined;
  if (transport) return transport(url, { maxMessageBytes });
  const known = Object.keys(TRANSPORTS).join(', ');
  throw new Error(`There is no relay for URLs of scheme "${scheme}"; there is one for ${known}`);
}
