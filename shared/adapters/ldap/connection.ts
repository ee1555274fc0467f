import type { Socket } from 'node:net';
import { done, fail, type Outcome } from '../../outcome.ts';
import { MOST_ELEMENTS, NotLdap } from './ber.ts';
import { receivedMessages } from './received-messages.ts';
import { readResponse, type Attribute } from './response.ts';
import { endOfSearch } from './result-codes.ts';
import { encodeSearch, encodeUnbind, type Search } from './search-request.ts';

export interface ConnectionLimits {
  /** For one search. */
  readonly searchTimeoutMs: number;
  /** For all that the server may say. */
  readonly maxReceivedBytes: number;
}

/** One search after the other on one connection, without a bind: as anybody. */
export interface LdapConnection {
  /** The attributes of all entries. After a search that found no end, the connection is over. */
  search(search: Search): Promise<Outcome<readonly Attribute[]>>;
  close(): void;
}

/** @param socket connected, and told of errors elsewhere */
export function ldapConnection(
  socket: Socket,
  { searchTimeoutMs, maxReceivedBytes }: ConnectionLimits,
): LdapConnection {
  const messages = receivedMessages(socket, maxReceivedBytes);
  let id = 0;

  return {
    async search(search) {
      id += 1;
      const timer = setTimeout(() => socket.destroy(), searchTimeoutMs);
      try {
        socket.write(encodeSearch(id, search));
        return await answerTo(id, messages);
      } catch (error) {
        socket.destroy();
        // Whatever else there is says that the connection broke or was ended by a deadline.
        return fail(
          error instanceof NotLdap ? 'discover/ldap-malformed' : 'discover/ldap-unreachable',
        );
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      if (socket.destroyed) return;
      socket.write(encodeUnbind(id + 1));
      socket.destroySoon();
      // What a server does not take any more must keep nobody awake.
      socket.unref();
    },
  };
}

/** @throws NotLdap on what is no answer to this search, or more attributes and values than anybody publishes */
async function answerTo(
  id: number,
  messages: AsyncGenerator<Buffer, void>,
): Promise<Outcome<readonly Attribute[]>> {
  const attributes: Attribute[] = [];
  let left = MOST_ELEMENTS;
  for (;;) {
    const next = await messages.next();
    if (next.done) return fail('discover/ldap-unreachable');
    const response = readResponse(next.value);
    if (response.kind === 'notice') return fail('discover/ldap-unreachable');
    if (response.id !== id) throw new NotLdap('another id');
    if (response.kind === 'entry') {
      for (const { values } of response.attributes) left -= 1 + values.length;
      if (left < 0) throw new NotLdap('too many');
      attributes.push(...response.attributes);
    }
    if (response.kind !== 'done') continue;
    const end = endOfSearch(response.code);
    return end.ok ? done(attributes) : end;
  }
}
