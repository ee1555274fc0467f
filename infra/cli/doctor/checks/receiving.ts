import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { parseResolvers } from '../../../../shared/adapters/resolvers.ts';
import { domainsOf, receivesBySes } from '../../../ses-use.ts';
import type { Check, Examined } from '../check.ts';
import { doubtful, well, wrong, type Finding } from '../finding.ts';
import { codeOf } from '../tls-findings.ts';

/** Where mail to our senders goes: answers that go elsewhere are never heard. */
export const receiving: Check = {
  name: 'mail in',
  async look(examined, within) {
    const { mailDoor } = examined.deployed;
    if (mailDoor !== undefined) return [await knock(mailDoor, within)];
    const domains = domainsOf(examined.config.settings);
    return Promise.all(domains.map((domain) => exchangersOf(domain, examined)));
  },
};

async function exchangersOf(domain: string, { config, resolvers }: Examined): Promise<Finding> {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  resolver.setServers(parseResolvers(resolvers).map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`))); // prettier-ignore
  const region = config.deployment.region ?? process.env['AWS_REGION'] ?? 'us-east-1';
  const bySes = receivesBySes(config.deployment, config.settings);
  const ses = `inbound-smtp.${region}.amazonaws.com`;
  const wanted = bySes ? `Publish ${domain} MX 10 ${ses}, and nothing beside it.` : `Publish the MX of ${domain}: the server that takes its mail in.`; // prettier-ignore
  const found = await resolver.resolveMx(domain).catch((error: unknown) => codeOf(error));
  if (typeof found === 'string') {
    return ['ENODATA', 'ENOTFOUND'].includes(found)
      ? wrong(`${domain} has no MX.`, wanted)
      : doubtful(`${domain}: nobody says its MX (${found}).`, 'Look at the line of dns first.');
  }
  const hosts = found.map(({ exchange }) => exchange.toLowerCase());
  if (hosts.includes('') || hosts.includes('.')) return wrong(`${domain} says that it takes no mail.`, wanted); // prettier-ignore
  const says = `${domain} has its mail taken in by ${hosts.join(', ')}`;
  if (!bySes) return well(`${says}.`);
  const strays = hosts.filter((host) => host !== ses);
  if (strays.length === hosts.length) return wrong(`${says}, and not by SES.`, wanted);
  return strays.length > 0 ? doubtful(`${says}: what the others take in is not read.`, wanted) : well(`${says}.`); // prettier-ignore
}

/** Of the local system, whose mail comes by no MX. */
async function knock(door: string, within: AbortSignal): Promise<Finding> {
  const [host = '', port] = door.split(':');
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect({ host, port: Number(port), signal: within });
  socket.once('data', (greeting: Buffer) => resolve(greeting.toString('latin1').slice(0, 3)));
  socket.once('error', (error) => resolve(codeOf(error)));
  const said = await promise;
  socket.destroy();
  return said === '220'
    ? well(`${door} takes mail in.`)
    : wrong(`${door} takes no mail in (${said}).`, 'Start the local system with npm start.');
}
