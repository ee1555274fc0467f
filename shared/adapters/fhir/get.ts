import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { believed } from '../believed.ts';
import { gather } from '../outbound/gather.ts';

export interface Got {
  readonly status: number;
  readonly contentType: string;
  /** Of an answer that is no 200 nothing is read. */
  readonly bytes: Uint8Array;
}

export interface GetOptions {
  readonly token: string;
  readonly accept: string;
  readonly maxBytes: number;
  readonly within: AbortSignal;
  /** PEM certificates to believe besides those that Node believes. */
  readonly authorities: readonly string[];
}

/**
 * Gets what a server of the settings has, over TLS. No redirect is followed, for the token is for that server alone; and
 * nothing is unpacked.
 *
 * @returns `too-large` when it is more, undefined when nothing came that is a whole answer
 */
export async function getWithToken(
  url: string,
  options: GetOptions,
): Promise<Got | 'too-large' | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asked = request(url, {
    headers: {
      accept: options.accept,
      'accept-encoding': 'identity',
      authorization: `Bearer ${options.token}`,
    },
    ca: believed(options.authorities),
    agent: false,
    signal: options.within,
  })
    .on('response', resolve)
    .on('error', reject)
    .end();
  try {
    return await readAnswer(await promise, options.maxBytes);
  } catch {
    return undefined;
  } finally {
    asked.destroy();
  }
}

async function readAnswer(answer: IncomingMessage, maxBytes: number): Promise<Got | 'too-large'> {
  const { statusCode: status = 0, headers } = answer;
  const { 'content-type': contentType = '', 'content-encoding': encoding = 'identity' } = headers;
  if (status !== 200) return { status, contentType, bytes: new Uint8Array(0) };
  // Not acceptable: what it is could be anything.
  if (encoding.toLowerCase() !== 'identity') {
    return { status: 406, contentType, bytes: new Uint8Array(0) };
  }
  const body = gather(maxBytes);
  for await (const piece of answer) {
    if (!body.add(piece as Uint8Array)) return 'too-large';
  }
  return { status, contentType, bytes: body.bytes() };
}
