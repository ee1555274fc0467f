import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { errorNameOf } from '../../log.ts';
import { done, type Outcome } from '../../outcome.ts';
import { believed } from '../believed.ts';
import { gather } from '../outbound/gather.ts';
import type { CredentialsFor } from '../relay-secret.ts';
import { accessTokens, type AccessTokens } from '../credentials/access-tokens.ts';
import { shownTo, type Login, type Shown } from '../credentials/shown-to.ts';
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
      /** Whether any of the request's body may have been read. */
      readonly hasBegun: boolean;
    }
  | {
      readonly kind: 'failed';
      /** Likewise. */
      readonly hasBegun: boolean;
      /** Of the error; it names no host. */
      readonly errorName: string;
    };

/** Of answers. One that is longer counts as none. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 16_384;

/**
 * A server that knows nothing of `Expect` waits for the body, and we for its leave.
 *
 * @see RFC 9110 section 10.1.1
 */
const LEAVE_SECONDS = 1;

/**
 * Posts an XDR request once, and reads the answer. The server has to prove its name, and is asked for leave before the body
 * leaves: with TLS 1.3 it looks at our certificate after the connection is there. No redirect is followed, and no connection
 * is used twice.
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
  const startMs = Date.now();
  const posting = { contentType, body, shown: shown.value };
  const posted = await talk(peer, posting, options);
  const wantsItAtOnce = posted.kind === 'answered' && posted.status === 417;
  if (!wantsItAtOnce) return posted;
  const leftSeconds = overallSecondsOf(options) - (Date.now() - startMs) / 1000;
  return talk(peer, { ...posting, atOnce: true }, { ...options, overallSeconds: leftSeconds });
}

const overallSecondsOf = ({ overallSeconds = 60 }: PostXdrOptions): number => overallSeconds;

const shownBy = ({ url }: XdrPeer, options: PostXdrOptions): Promise<Outcome<Shown>> => {
  const { credentials = async () => [], authorities = [] } = options;
  const { tokens = accessTokens(authorities, () => new Date()) } = options;
  return shownTo(url.host, credentials, tokens);
};

interface Posting {
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly shown: Shown;
  /** Without asking for leave. */
  readonly atOnce?: true;
}

function talk(peer: XdrPeer, posting: Posting, options: PostXdrOptions): Promise<XdrPosted> {
  const { connectSeconds = 10 } = options;
  return new Promise((resolve) => {
    let hasBegun = false;
    let isAnswered = false;
    const { after, stop } = timers();
    const call = begin(peer, posting, options);
    const finish = (posted: XdrPosted): void => {
      stop();
      resolve(posted);
      call.destroy();
    };
    const giveUp = (errorName: string): void => finish({ kind: 'failed', hasBegun, errorName });
    const tooSlow = (): void => giveUp('ETIMEDOUT');
    const send = (): void => {
      if (hasBegun || isAnswered || call.destroyed) return;
      hasBegun = true;
      call.end(posting.body);
    };
    const connecting = after(connectSeconds, tooSlow);
    after(overallSecondsOf(options), tooSlow);
    call.on('error', (error) => giveUp(nameOf(error)));
    call.once('close', () => giveUp('ECONNRESET'));
    call.once('socket', (socket) =>
      socket.once(peer.secure ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting);
        if (posting.atOnce) send();
        else after(LEAVE_SECONDS, send);
      }),
    );
    call.once('continue', send);
    call.once('response', (response) => {
      isAnswered = true;
      // Of what was not read nobody can say that it was taken.
      const isNo = (response.statusCode ?? 0) >= 400;
      if (hasBegun || isNo) hear(response, (answer) => finish({ ...answer, hasBegun }), giveUp);
      else giveUp('EarlyAnswer');
    });
    call.flushHeaders();
  });
}

interface Timers {
  readonly after: (seconds: number, act: () => void) => NodeJS.Timeout;
  readonly stop: () => void;
}

/** Timers that stop together. */
function timers(): Timers {
  const running: NodeJS.Timeout[] = [];
  return {
    after: (seconds, act) => {
      const timer = setTimeout(act, seconds * 1000);
      running.push(timer);
      return timer;
    },
    stop: () => running.forEach((timer) => clearTimeout(timer)),
  };
}

function begin(
  { url, secure }: XdrPeer,
  { contentType, body, shown: { login, certificate }, atOnce }: Posting,
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
      ...(!atOnce && { expect: '100-continue' }),
      ...(login && { authorization: authorizationOf(login) }),
    },
  };
  if (!secure) return httpRequest(url, options);
  return httpsRequest(url, {
    ...options,
    ...certificate,
    rejectUnauthorized: true,
    ...(authorities && { ca: believed(authorities) }),
  });
}

/** A token, or a name with its password. */
const authorizationOf = ({ user, secret, isToken }: Login): string =>
  isToken ? `Bearer ${secret}` : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

type Answer = Omit<Extract<XdrPosted, { kind: 'answered' }>, 'hasBegun'>;

function hear(
  response: IncomingMessage,
  finish: (answer: Answer) => void,
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
