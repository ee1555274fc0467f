import { isIPv4 } from 'node:net';

/** Whether a host of a URL is this machine, on which nothing needs to be hidden. @param host with brackets or without */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
}
