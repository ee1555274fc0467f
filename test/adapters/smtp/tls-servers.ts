import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../../support/pki.ts';

/** A certificate whose subjectAltName is the IP address: [7], four octets. */
export const forIp = (...octets: number[]): IssueOptions => ({
  name: 'relay',
  san: [],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  extraExtensions: [{ oid: '2.5.29.17', value: Uint8Array.of(0x30, 6, 0x87, 4, ...octets) }],
});

export type TokenAnswer =
  { readonly status: number; readonly body: string; readonly location?: string } | 'close';

/**
 * Who gives tokens: one answer after the other, the last one again.
 *
 * @param authority by which its certificate is
 */
export async function startTokenServer(
  answers: readonly TokenAnswer[],
  authority = 'Relay Authority',
): Promise<{ url: string; asked: readonly string[]; close: () => Promise<void> }> {
  const issuer = await cachedAuthority(authority);
  const { certificatePem, privateKeyPem } = await issueQuickly(issuer, forIp(127, 0, 0, 1));
  const asked: string[] = [];
  const server = createServer({ key: privateKeyPem, cert: certificatePem }, (request, response) => {
    let form = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      form += text;
    });
    request.on('end', () => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'close';
      asked.push(form);
      if (answer === 'close') {
        request.socket.destroy();
        return;
      }
      const { status, body, location } = answer;
      response.writeHead(status, { ...(location !== undefined && { location }) }).end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
