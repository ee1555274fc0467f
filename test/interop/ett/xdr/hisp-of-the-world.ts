import type { ServerOptions } from 'node:https';
import { xdrRelay } from '../../../../shared/adapters/xdr/xdr-relay.ts';
import { says, startXdr, type XdrServer } from '../../../adapters/xdr/xdr-servers.ts';
import { discharge, readyToShare } from '../../../support/one-record.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../../../support/pki.ts';
import { endOf } from '../../xdr/edge-bench.ts';

/** Reaches this machine and is, by its text, no loopback address: so it is treated like any host of the world. */
const HOST = '0.0.0.0';

const SERVER: IssueOptions = {
  name: 'hisp',
  san: [],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  extraExtensions: [{ oid: '2.5.29.17', value: Uint8Array.of(0x30, 6, 0x87, 4, 0, 0, 0, 0) }],
};
const CLIENT: IssueOptions = { name: 'holder', san: [], extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] };

/** Hands one copy over to a HISP that wants mutual TLS, and tells what became of it and what the HISP saw. */
export async function byMutualTls(
  serverAuthority: 'one that we believe' | 'another',
): Promise<string> {
  const ours = await cachedAuthority('HISP Authority');
  const theirs = serverAuthority === 'another' ? await cachedAuthority('A stranger') : ours;
  const { certificatePem: cert, privateKeyPem: key } = await issueQuickly(theirs, SERVER);
  const ca = ours.certificatePem;
  const tls: ServerOptions = { cert, key, ca, requestCert: true, rejectUnauthorized: true };
  const server = await startXdr(says(), tls);
  try {
    return await oneCopyTo(server, ca);
  } finally {
    await server.close();
  }
}

async function oneCopyTo(server: XdrServer, ca: string): Promise<string> {
  const authority = await cachedAuthority('HISP Authority');
  const { certificatePem: certificate, privateKeyPem: privateKey } = await issueQuickly(
    authority,
    CLIENT,
  );
  const host = `${HOST}:${server.port}`;
  const relay = xdrRelay(`hisp+xdr://${host}/xdr`, {
    credentials: async () => [{ host, certificate, privateKey }],
    authorities: [ca],
  });
  const path = await readyToShare();
  Object.assign(path.relay, { ...relay, submit: relay.submit.bind(relay) });
  await discharge(path);
  const shown = server.heard.filter(({ fingerprint }) => fingerprint !== undefined).length;
  return `${await endOf(path)}; ${server.heard.length} heard, ${shown} with our certificate`;
}
