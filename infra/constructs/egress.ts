import type { Settings } from '../../shared/settings.ts';
import type { Deployment } from '../config.ts';

/** Ports to which functions may go out; both ends count. */
export interface Egress {
  readonly protocol: 'tcp' | 'udp';
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

type Ways = {
  readonly settings: Pick<Settings, 'relay' | 'mailbox' | 'xdr'>;
  readonly deployment: Pick<Deployment, 'relayUrl' | 'resolvers'>;
};

/** Where a URL names no port. */
const USUAL: Readonly<Record<string, number>> = {
  'smtp:': 587,
  'smtps:': 465,
  'hisp+smtp:': 587,
  'hisp+smtps:': 465,
  'hisp+xdr:': 443,
  'http:': 80,
  'https:': 443,
  'imap:': 143,
  'imaps:': 993,
};

/** What outsiders may name (shared/adapters/outbound/guard.ts): SRV records and webhooks name ports of their own. */
const OUTSIDERS: readonly Egress[] = [
  { protocol: 'tcp', from: 80, to: 80, why: 'Issuers of certificates, lists of revoked ones' },
  { protocol: 'tcp', from: 389, to: 389, why: 'Directories' },
  { protocol: 'tcp', from: 443, to: 443, why: 'Services, webhooks, bundles of anchors' },
  { protocol: 'tcp', from: 636, to: 636, why: 'Directories by TLS' },
  { protocol: 'tcp', from: 1024, to: 65_535, why: 'Ports that SRV records and webhooks name' },
];

/** An answer that does not fit is asked for again by TCP. */
const dns = (port: number): readonly Egress[] =>
  (['tcp', 'udp'] as const).map((protocol) => ({
    protocol,
    from: port,
    to: port,
    why: 'DNS servers',
  }));

/**
 * The ports that the functions of a deployment need, each once, the lowest first. Of an address that is given when deploying
 * and stands in no setting, the usual ports.
 */
export function egressOf({ settings, deployment }: Ways): readonly Egress[] {
  const relays = [deployment.relayUrl ?? 'smtps:', deployment.relayUrl ?? 'smtp:'];
  const named = [
    ...[...relays, ...Object.values(settings.relay.routes)].map((url) => way(url, 'Relays')),
    ...(settings.mailbox ? [way(settings.mailbox.url, 'The mailbox')] : []),
    ...settings.xdr.flatMap(({ reportTo }) => (reportTo ? [way(reportTo, 'Senders by XDR')] : [])),
  ].filter((each) => each !== undefined);
  const resolvers = resolverPorts(deployment.resolvers).flatMap(dns);
  return once([...dns(53), ...resolvers, ...OUTSIDERS, ...named]);
}

function way(url: string, why: string): Egress | undefined {
  const scheme = /^[a-z+]+:/i.exec(url)?.[0].toLowerCase() ?? '';
  const written = /^[a-z+]+:\/\/(?:\[[^\]]*\]|[^/:[\]]*):([0-9]+)/i.exec(url)?.[1];
  // SES is asked as all of AWS is: 443.
  const port = written === undefined ? USUAL[scheme] : Number(written);
  return port === undefined ? undefined : { protocol: 'tcp', from: port, to: port, why };
}

const resolverPorts = (resolvers: string): readonly number[] =>
  resolvers.split(',').flatMap((each) => {
    const port = /:([0-9]+)$/.exec(each.trim())?.[1];
    return port === undefined ? [] : [Number(port)];
  });

/** What lies within another is no rule of its own. */
function once(all: readonly Egress[]): readonly Egress[] {
  const within = (one: Egress, other: Egress): boolean =>
    one.protocol === other.protocol && other.from <= one.from && one.to <= other.to;
  return all
    .filter(
      (one, at) =>
        !all.some(
          (other, place) =>
            at !== place && within(one, other) && (!within(other, one) || place < at),
        ),
    )
    .sort((one, other) => one.from - other.from || one.protocol.localeCompare(other.protocol));
}
