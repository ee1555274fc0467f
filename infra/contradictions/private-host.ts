import { BlockList, isIP, isIPv6 } from 'node:net';

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** Names that no public DNS has: RFC 6761, 6762, 8375, and what ICANN keeps for private use. */
const PRIVATE_NAME =
  /(^|\.)(localhost|local|internal|home\.arpa|localdomain|lan|intranet|corp|home)$/;

/** Whether a host can only be one of an inner network: by its address, by its name, or by a name of one label. */
export function isPrivateHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase(); // prettier-ignore
  if (isIP(bare) !== 0) return PRIVATE.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
  return !bare.includes('.') || PRIVATE_NAME.test(bare);
}

/** Of a URL of any scheme. */
export const hostIn = (url: string): string => partsOf(url).host;

export const portIn = (url: string): string => partsOf(url).port;

/** The parser of the platform reads numbers as addresses only in URLs of the web: 0x7f.1 is 127.0.0.1 there. */
function partsOf(url: string): { readonly host: string; readonly port: string } {
  const web = URL.parse(url.replace(/^[a-z+]+:\/\//i, 'https://'));
  const [, port = ''] = /^[a-z+]+:\/\/(?:\[[^\]]*\]|[^/:]*):(\d+)/i.exec(url) ?? [];
  return { host: web?.hostname ?? '', port };
}
