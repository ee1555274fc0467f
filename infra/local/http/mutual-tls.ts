import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { TlsIdentities } from '../certificates/tls-identities.ts';
import type { Received } from './request-event.ts';

/** As a custom domain with a truststore: who has no certificate of its authority gets no connection. */
export const mutualTlsServer = (
  { authority, server }: TlsIdentities,
  listener: RequestListener,
): Server =>
  createServer(
    {
      key: server.privateKeyPem,
      cert: server.certificatePem,
      ca: authority.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
    },
    listener,
  );

/** What the gateway tells functions of the certificate. */
export function clientCertOf(socket: Socket): Pick<Received, 'clientCert'> {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return certificate
    ? {
        clientCert: {
          clientCertPem: certificate.toString(),
          subjectDN: namesIn(certificate.subject),
          issuerDN: namesIn(certificate.issuer),
          serialNumber: certificate.serialNumber,
          validity: { notBefore: certificate.validFrom, notAfter: certificate.validTo },
        },
      }
    : {};
}

/** Node has a line for each part of a name. */
const namesIn = (name: string | undefined): string => (name ?? '').replaceAll('\n', ',');
