import { BlockList, isIPv6 } from 'node:net';

/**
 * Ranges that lead to no stranger's server, or to one of the cloud's own that answers whoever asks from inside.
 *
 * @see IANA IPv4 Special-Purpose Address Registry (RFC 6890)
 */
const CLOSED_IPV4 = [
  ['0.0.0.0', 8], // this host, and unspecified
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT, and metadata of one cloud
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // a cloud's inner services at an address that looks public
  ['169.254.0.0', 16], // link-local, and metadata of most clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // IETF protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
] as const;

/** Prefixes behind which the last four octets are an IPv4 address: mapped ones (RFC 4291), NAT64 (RFC 6052). */
const CARRYING_IPV4 = ['::ffff:', '64:ff9b::'];

/** Within what is global unicast: tunnels that carry an IPv4 address of the sender's choice, tests, documentation. */
const CLOSED_IPV6 = [
  ['2001::', 23], // IETF protocol assignments: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['3fff::', 20], // documentation
] as const;

const CLOSED = new BlockList();
const GLOBAL_IPV6 = new BlockList();
const LOOPBACK = new BlockList();

for (const [net, prefix] of CLOSED_IPV4) {
  CLOSED.addSubnet(net, prefix, 'ipv4');
  for (const before of CARRYING_IPV4) CLOSED.addSubnet(`${before}${net}`, 96 + prefix, 'ipv6');
}
for (const [net, prefix] of CLOSED_IPV6) CLOSED.addSubnet(net, prefix, 'ipv6');
for (const before of CARRYING_IPV4) GLOBAL_IPV6.addSubnet(`${before}0.0.0.0`, 96, 'ipv6');
GLOBAL_IPV6.addSubnet('2000::', 3, 'ipv6');
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * Whether a connection to the address may leave. Of IPv6 only global unicast is open: unique-local, link-local,
 * site-local, multicast and whatever comes are not.
 *
 * @param address as DNS or `URL` write it, without zone
 * @param loopback whether this machine itself is open too
 */
export function isOpen(address: string, loopback: boolean): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  if (LOOPBACK.check(address, family)) return loopback;
  if (CLOSED.check(address, family)) return false;
  return family === 'ipv4' || GLOBAL_IPV6.check(address, 'ipv6');
}
