import { getServers } from 'node:dns';
import { isIPv6 } from 'node:net';
import type { Resolver } from './dns-exchange.ts';

/**
 * Reads which recursive name servers are asked: `host:port` each (port 53 when left out), in this order; `system` stands
 * for the machine's own.
 *
 * @throws Error when it cannot be read or names none, which is a wrong setting
 */
export function parseResolvers(resolvers: string | readonly string[]): Resolver[] {
  const listed = typeof resolvers === 'string' ? resolvers.split(',') : resolvers;
  const parsed = listed
    .flatMap((each) => (each.trim() === 'system' ? getServers() : [each.trim()]))
    .map(parseResolver);
  if (parsed.length === 0) throw new Error('No DNS resolver is configured');
  return parsed;
}

/** `host`, `host:port`, `[IPv6]:port`, or a bare IPv6 address as `getServers` lists it. */
function parseResolver(text: string): Resolver {
  if (isIPv6(text)) return { host: text, port: 53 };
  const [, bracketed, plain, port = '53'] =
    /^(?:\[([^\]]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (!host || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error('RESOLVERS: expected host:port, separated by commas, or system');
  }
  return { host, port: Number(port) };
}
