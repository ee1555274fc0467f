import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { believed } from '../../../../shared/adapters/believed.ts';
import type { Shown } from '../../../../shared/adapters/credentials/shown-to.ts';
import { isLoopbackHost } from '../../../../shared/adapters/loopback.ts';
import { openSocket } from '../../../../shared/adapters/smtp/open-socket.ts';
import { xdrPeerOf } from '../../../../shared/adapters/xdr/xdr-url.ts';
import type { Check, Examined } from '../check.ts';
import { well, wrong, type Finding } from '../finding.ts';
import { shownBy } from '../asking/relay-credentials.ts';
import { relaysOf } from './relay.ts';
import { codeOf, notSecured, secured } from '../tls-findings.ts';

/** Each HISP that takes copies by XDR: whether a connection comes about, with our certificate where there is one. */
export const hispXdr: Check = {
  name: 'xdr',
  async look(examined, within) {
    const urls = relaysOf(examined).filter((url) => /^hisp\+xdr:/i.test(url));
    const each = await Promise.all(urls.map((url) => lookAt(url, examined, within)));
    return urls.length > 0 ? each.flat() : [well('No copy goes by XDR.')];
  },
};

async function lookAt(
  text: string,
  examined: Examined,
  within: AbortSignal,
): Promise<readonly Finding[]> {
  const { url } = xdrPeerOf(text.replace(/^hisp\+xdr:/i, 'https:'));
  const { shown, findings } = await shownBy(url.host, examined);
  const isHere = isLoopbackHost(url.hostname);
  const met = isHere ? reached(url, within) : handshake(url, shown, examined, within);
  return [...findings, await met];
}

/** What never leaves this machine goes without TLS. */
async function reached({ hostname, port, host }: URL, within: AbortSignal): Promise<Finding> {
  try {
    const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
    const peer = { ...to, namedAs: host, security: 'none' } as const;
    (await openSocket(peer, 10_000, within)).destroy();
    return well(`${host}: reached, in clear inside this machine.`);
  } catch (error) {
    return wrong(`${host}: no connection (${codeOf(error)}).`, 'Start it, or write the relay as it is reached.'); // prettier-ignore
  }
}

async function handshake(
  { hostname, port, host }: URL,
  { certificate }: Shown,
  { config, now }: Examined,
  within: AbortSignal,
): Promise<Finding> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const name = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
    port: Number(port || 443),
    ca: believed(config.settings.relay.authorities),
    ...certificate,
  });
  socket.once('secureConnect', resolve).once('error', reject);
  within.addEventListener('abort', () => socket.destroy(), { once: true });
  try {
    await promise;
    return secured(host, socket.getProtocol() ?? 'TLS', socket.getPeerCertificate(), now());
  } catch (error) {
    return notSecured(host, error);
  } finally {
    socket.destroy();
  }
}
