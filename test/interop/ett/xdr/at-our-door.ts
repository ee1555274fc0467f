import { request, type RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { mutualTlsServer } from '../../../../infra/local/http/mutual-tls.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../../../support/pki.ts';
import type { EttCase } from '../bench/ett-case.ts';

const SERVER: IssueOptions = { domain: 'localhost', extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] };
const CLIENT: IssueOptions = { name: 'edge', san: [], extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] };

/** Whether somebody with this certificate gets through the door that stands in for the gateway's truststore. */
async function knocks(by: 'our authority' | 'another authority' | 'nobody'): Promise<string> {
  const authority = await cachedAuthority('Truststore');
  const server = await issueQuickly(authority, SERVER);
  const issuer = await cachedAuthority(by === 'our authority' ? 'Truststore' : 'A stranger');
  const client = await issueQuickly(issuer, CLIENT);
  let heard = 0;
  const door = mutualTlsServer({ authority, server, client }, (_, response) => {
    heard += 1;
    response.end('ok');
  });
  door.on('tlsClientError', () => undefined);
  await new Promise<void>((ready) => door.listen(0, '127.0.0.1', ready));
  const { port } = door.address() as AddressInfo;
  const shown = by === 'nobody' ? {} : { cert: client.certificatePem, key: client.privateKeyPem };
  try {
    const answered = await answerTo({ port, ca: authority.certificatePem, ...shown });
    return `${answered}, ${heard} heard`;
  } finally {
    door.closeAllConnections();
    await new Promise((closed) => door.close(closed));
  }
}

const answerTo = (options: RequestOptions): Promise<string> =>
  new Promise((settle) => {
    const asked = request(
      { ...options, host: '127.0.0.1', servername: 'localhost', method: 'POST', path: '/v1/xdr' },
      (response) => {
        response.resume();
        response.on('end', () => settle(String(response.statusCode)));
      },
    );
    asked.on('error', () => settle('disconnected'));
    asked.end('<a/>');
  });

export const AT_OUR_DOOR: readonly EttCase[] = [
  ...['XDR Test 8', 'XDR Test 18'].map((id) => ({
    id,
    about: 'who has a certificate of the truststore is heard',
    expected: '200, 1 heard',
    run: () => knocks('our authority'),
  })),
  ...['XDR Test 9', 'XDR Test 19'].map((id) => ({
    id,
    about: 'who has one of somebody else is not',
    expected: 'disconnected, 0 heard',
    run: () => knocks('another authority'),
  })),
  {
    id: 'XDR Test 19 without a certificate',
    about: 'who has none is not',
    expected: 'disconnected, 0 heard',
    run: () => knocks('nobody'),
  },
];
