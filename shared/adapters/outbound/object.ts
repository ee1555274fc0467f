import type { FetchRequest, Fetched } from '../../discover/fetch.ts';
import { failed, type Hear, type Told } from './exchange.ts';
import { gather } from './gather.ts';

/** What one server said: the object, where it is instead, or neither. */
export type Reply = Fetched | { readonly kind: 'moved'; readonly location: string };

const REDIRECTS = [301, 302, 303, 307, 308];

/** How an object is asked for; what comes with a body is a question, and its answer the object. */
export const askingFor = ({ accept = '*/*', body, bearer }: FetchRequest): Told => ({
  method: body ? 'POST' : 'GET',
  headers: {
    accept,
    'accept-encoding': 'identity',
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...(body && { 'content-type': body.type }),
  },
  ...(body && { body: body.bytes }),
});

/** Reads an object that is no longer than this. */
export const objectUpTo =
  (maxBytes: number): Hear<Reply> =>
  (response, finish) => {
    const { statusCode = 0, headers } = response;
    const { location, 'content-encoding': encoding = 'identity' } = headers;
    if (REDIRECTS.includes(statusCode) && location) return finish({ kind: 'moved', location });
    // Nothing is unpacked: a few packed bytes may hold gigabytes, and we asked for the object as it is.
    if (statusCode !== 200 || encoding.toLowerCase() !== 'identity') {
      return finish(failed('refused'));
    }
    const announced = headers['content-length'];
    const announcedBytes = announced === undefined ? undefined : Number(announced);
    if ((announcedBytes ?? 0) > maxBytes) return finish(failed('too-large'));
    const body = gather(maxBytes, announcedBytes);
    response.on('data', (piece: Uint8Array) => {
      if (!body.add(piece)) finish(failed('too-large'));
    });
    response.once('end', () => finish({ kind: 'fetched', bytes: body.bytes() }));
  };
