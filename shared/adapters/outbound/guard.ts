import { isOpen } from './address-ranges.ts';
import { readHost } from './host.ts';
import { type HostAddress, lookUp } from './look-up.ts';

export interface GuardOptions {
  /** Whether this machine itself may be asked: a setting that production refuses. Nothing else private is, ever. */
  readonly loopback: boolean;
  /** As `dnsDirectory` takes them. @default 'system' */
  readonly resolvers?: string | readonly string[];
}

/** `allowed` with the one address that may be connected to; `unreachable` when the host has none or nobody says. */
export type Guarded =
  | ({ readonly kind: 'allowed' } & HostAddress)
  | { readonly kind: 'blocked' }
  | { readonly kind: 'unreachable' };

/** The ports of HTTP and LDAP; beside them those that need no privilege. */
const WELL_KNOWN_PORTS = [80, 443, 389, 636];

/**
 * Decides whether a host that somebody outside named may be connected to, and at which address.
 *
 * The name is resolved once, and the caller connects to the address that comes back and to no other: asked again, a
 * name server may give another answer (DNS rebinding). One closed address among several closes the host.
 *
 * @param host a name or an address in any spelling, IPv6 with or without brackets
 * @param within ends the look-up, which then is `unreachable`
 * @throws Error when the resolvers cannot be read, which is a wrong setting
 */
export async function guardedAddress(
  host: string,
  port: number,
  options: GuardOptions & { readonly within: AbortSignal },
): Promise<Guarded> {
  const read = readHost(host);
  if (!read || !isOpenPort(port)) return { kind: 'blocked' };
  const { loopback, resolvers = 'system', within } = options;
  const addresses = read.kind === 'name' ? await lookUp(read.name, resolvers, within) : [read];
  if (addresses.some(({ address }) => !isOpen(address, loopback))) return { kind: 'blocked' };
  const [first] = addresses;
  if (!first) return { kind: 'unreachable' };
  return { kind: 'allowed', address: first.address, family: first.family };
}

const isOpenPort = (port: number): boolean =>
  WELL_KNOWN_PORTS.includes(port) || (Number.isInteger(port) && port > 1023 && port <= 65_535);
