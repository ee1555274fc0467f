import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';
import { errorNameOf } from '../../log.ts';
import { done, type Outcome } from '../../outcome.ts';
import { gather } from '../outbound/gather.ts';
import type { CredentialsFor } from '../relay-secret.ts';
import { accessTokens, type AccessTokens } from '../smtp/access-tokens.ts';
import { shownTo, type Login, type Shown } from '../smtp/login.ts';
import { requestOf } from './entity.ts';
import { xdrPeerOf, type XdrPeer } from './xdr-url.ts';

export interface PostXdrOptions {
  /** What is shown to the server; over plain HTTP nothing is. */
  readonly credentials?: CredentialsFor;
  /** Where access tokens are kept between two requests. */
  readonly tokens?: AccessTokens;
  /** PEM certificates of authorities to believe besides those that Node believes. */
  readonly authorities?: readonly string[];
  /** From the first packet to the end of TLS. */
  readonly connectSeconds?: number;
  /** For everything, the answer too; it must end well before a worker's lease does. */
  readonly overallSeconds?: number;
}

/** What came of a request: what the server answered, of whatever status, or why there is no answer. */
export type XdrPosted =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly contentType: string;
      readonly body: Uint8Array;
    }
  | {
      readonly kind: 'failed';
      /** Whether any of the request may have been read. */
      readonly hasBegun: boolean;
      /** Of the error; it names no host. */
      readonly errorName: string;
    };

/** Of answers. One that is longer counts as none. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 16_384;

/**
 * Posts an XDR request once, and reads the answer. The server has to prove its name; no redirect is followed, and no
 * connection is used twice.
 *
 * @param url `https://HOST[:PORT]/PATH`, or `http://` to the same machine
 * @param entity the request as a MIME entity: its Content-Type, an empty line, its body
 * @throws Error on a URL that is none of this kind, and on an entity without a type
 */
export async function postXdr(
  url: string,
  entity: Uint8Array,
  options: PostXdrOptions = {},
): Promise<XdrPosted> {
  const peer = xdrPeerOf(url);
  const { contentType, body } = requestOf(entity);
  const shown = peer.secure ? await shownBy(peer, options) : done<Shown>({});
  if (!shown.ok) {
    const errorName = shown.failure.detail ?? shown.failure.code;
    return { kind: 'failed', hasBegun: false, errorName };
  }
  return talk(peer, { contentType, body, shown: shown.value }, options);
}

const shownBy = ({ url }: XdrPeer, options: PostXdrOptions): Promise<Outcome<Shown>> => {
  const { credentials = async () => [], authorities = [] } = options;
  const { tokens = accessTokens(authorities, () => new Date()) } = options;
  return shownTo(url.host, credentials, tokens);
};

interface Posting {
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly shown: Shown;
}

function talk(peer: XdrPeer, posting: Posting, options: PostXdrOptions): Promise<XdrPosted> {
  const { connectSeconds = 10, overallSeconds = 60 } = options;
  return new Promise((resolve) => {
    let hasBegun = false;
    const call = begin(peer, posting, options);
    const giveUp = (errorName: string): void =>
      finish({ kind: 'failed', hasBegun: hasBegun && !isTurnedAway(errorName), errorName });
    const connecting = setTimeout(giveUp, connectSeconds * 1000, 'ETIMEDOUT');
    const overall = setTimeout(giveUp, overallSeconds * 1000, 'ETIMEDOUT');
    const finish = (posted: XdrPosted): void => {
      clearTimeout(connecting);
      clearTimeout(overall);
      resolve(posted);
      call.destroy();
    };
    call.on('error', (error) => giveUp(nameOf(error)));
    call.once('close', () => giveUp('ECONNRESET'));
    call.once('socket', (socket) =>
      socket.once(peer.secure ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting);
        hasBegun = true;
      }),
    );
    call.once('response', (response) => hear(response, finish, giveUp));
    call.end(posting.body);
  });
}

function begin(
  { url, secure }: XdrPeer,
  { contentType, body, shown: { login, certificate } }: Posting,
  { authorities }: PostXdrOptions,
): ClientRequest {
  const options = {
    agent: false as const,
    method: 'POST',
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: {
      'user-agent': 'direct-transmit',
      'content-type': contentType,
      'content-length': body.length,
      accept: 'application/soap+xml, multipart/related',
      'accept-encoding': 'identity',
      ...(login && { authorization: authorizationOf(login) }),
    },
  };
  if (!secure) return httpRequest(url, options);
  return httpsRequest(url, {
    ...options,
    ...certificate,
    rejectUnauthorized: true,
    ...(authorities && { ca: [...getCACertificates('default'), ...authorities] }),
  });
}

/** A token, or a name with its password. */
const authorizationOf = ({ user, secret, mechanism }: Login): string =>
  mechanism === 'XOAUTH2'
    ? `Bearer ${secret}`
    : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

function hear(
  response: IncomingMessage,
  finish: (posted: XdrPosted) => void,
  giveUp: (errorName: string) => void,
): void {
  const { statusCode: status = 0, headers } = response;
  const body = gather(MAX_ANSWER_BYTES);
  response.once('error', (error) => giveUp(nameOf(error)));
  response.on('data', (piece: Uint8Array) => {
    if (!body.add(piece)) giveUp('TooLarge');
  });
  response.once('end', () => {
    const contentType = headers['content-type'] ?? '';
    finish({ kind: 'answered', status, contentType, body: body.bytes() });
  });
}

/** The system's code of an error; its text names hosts. */
const nameOf = (error: Error & { readonly code?: unknown }): string =>
  typeof error.code === 'string' ? error.code : errorNameOf(error);

/**
 * With TLS 1.3 the server says no to a client's certificate after the client has said all that it has to say, and reads
 * nothing of it.
 */
const isTurnedAway = (errorName: string): boolean =>
  /^ERR_SSL_\w*ALERT_(?:CERTIFICATE_\w+|BAD_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|UNSUPPORTED_CERTIFICATE|HANDSHAKE_FAILURE)$/.test(
    errorName,
  );
