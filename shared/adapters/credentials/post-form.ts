import { request } from 'node:https';
import { types } from 'node:util';
import type { IncomingMessage } from 'node:http';
import { believed } from '../believed.ts';
import { gather } from '../outbound/gather.ts';

export type FormAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'failed'; readonly errorName: string };

const WITHIN_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/**
 * Posts a form over TLS. Redirects are not followed: the form holds secrets.
 *
 * @param url of the settings, `https:`
 * @param authorities PEM certificates to believe besides those that Node believes
 */
export async function postForm(
  url: string,
  form: URLSearchParams,
  authorities: readonly string[],
): Promise<FormAnswer> {
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      ca: believed(authorities),
      agent: false,
      signal,
    })
      .on('response', resolve)
      .on('error', reject)
      .end(form.toString());
    const answer = await promise;
    const body = await readAll(answer);
    return { kind: 'answered', status: answer.statusCode ?? 0, body };
  } catch (error) {
    const code = types.isNativeError(error) && 'code' in error ? String(error.code) : '';
    return { kind: 'failed', errorName: /^[A-Z0-9_]{1,60}$/.exec(code)?.[0] ?? 'EFAILED' };
  }
}

/** @throws Error on more than is read */
async function readAll(answer: IncomingMessage): Promise<string> {
  const body = gather(MOST_BYTES);
  for await (const piece of answer) {
    if (!body.add(piece as Uint8Array))
      throw Object.assign(new Error('Too long'), { code: 'ETOOLONG' });
  }
  return Buffer.from(body.bytes()).toString('utf8');
}
