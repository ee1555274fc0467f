import { lookup, Resolver } from 'node:dns/promises';
import { isIP, isIPv6 } from 'node:net';
import { parseResolvers } from '../resolvers.ts';

/** An address of a host, and which of the two kinds it is. */
export interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * All addresses of a name, those of IPv4 first: many networks lead only there. Asked of name servers and never of the
 * machine's own files or search list, so that no short name finds a neighbour.
 *
 * @returns none when the name has none, nobody answers, or the signal comes first
 * @throws Error when the resolvers cannot be read, which is a wrong setting
 */
export async function lookUp(
  name: string,
  resolvers: string | readonly string[],
  within: AbortSignal,
): Promise<readonly HostAddress[]> {
  if (name === 'localhost' || name.endsWith('.localhost')) return LOCALHOST;
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  resolver.setServers(await serversOf(resolvers));
  if (within.aborted) return [];
  const cancel = (): void => resolver.cancel();
  within.addEventListener('abort', cancel, { once: true });
  try {
    const [four, six] = await Promise.allSettled([
      resolver.resolve4(name),
      resolver.resolve6(name),
    ]);
    return [...listed(four, 4), ...listed(six, 6)];
  } finally {
    within.removeEventListener('abort', cancel);
  }
}

/** RFC 6761 section 6.3: no name server is asked. */
const LOCALHOST: readonly HostAddress[] = [{ address: '127.0.0.1', family: 4 }];

const listed = (answer: PromiseSettledResult<string[]>, family: 4 | 6): HostAddress[] =>
  answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];

/**
 * Node takes only addresses for name servers; one that is a name is a setting, and looked up as the machine does. One
 * that cannot be found does not answer either.
 */
async function serversOf(resolvers: string | readonly string[]): Promise<string[]> {
  const found = parseResolvers(resolvers).map(async ({ host, port }) => {
    const address = isIP(host) ? host : (await lookup(host)).address;
    return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
  });
  const settled = await Promise.allSettled(found);
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}
