import type { ServerResponse } from 'node:http';
import { entry, end, type LdapBehaviour } from '../../support/fake-ldap.ts';
import { leafOf, many, type Scenario } from './scenario.ts';
import { drip, pour } from './world.ts';

/** A good certificate, whose list is as the server makes it. */
const bodyThat = (sends: (response: ServerResponse) => void): Scenario => ({
  ends: ['trust/revocation-unknown'],
  async lay(world, anchor) {
    world.serve('list', (_, response) => sends(response));
    world.publish([await leafOf(anchor, { crlUrls: [world.urlOf('list')] })]);
  },
});

export const endlessBody = bodyThat((response) => pour(response));
export const drippingBody = bodyThat(drip);

/** Says honestly where it would be searched, and then does that to whoever searches. */
const searched =
  (then: LdapBehaviour): LdapBehaviour =>
  (search, socket) =>
    search.mail === undefined
      ? [entry(search.id, { namingContexts: [Buffer.from('dc=example')] }), end(search.id)]
      : then(search, socket);

/** Good, and of no use. */
const uselessEntry = (id: number): Buffer => entry(id, { description: [Buffer.alloc(100)] });

export const endlessAnswer: Scenario = {
  ends: ['discover/ldap-malformed'],
  lay(world) {
    world.answerLdap(
      searched(({ id }, socket) => {
        pour(socket, Buffer.concat(many(500, () => uselessEntry(id))));
        return [];
      }),
    );
  },
};

/** The head of a SEQUENCE of so many octets. */
const announced = (bytes: number): Buffer => {
  const head = Buffer.from('308400000000', 'hex');
  head.writeUInt32BE(bytes, 2);
  return head;
};

export const giantMessage: Scenario = {
  ends: ['discover/ldap-malformed'],
  lay(world) {
    world.answerLdap(
      searched((_, socket) => {
        socket.write(announced(0x7fffffff));
        pour(socket);
        return [];
      }),
    );
  },
};

export const drippingMessage: Scenario = {
  ends: ['discover/too-slow'],
  lay(world) {
    world.answerLdap(
      searched((_, socket) => {
        socket.write(announced(900_000));
        drip(socket);
        return [];
      }),
    );
  },
};

export const datagrams: Scenario = {
  ends: ['discover/too-slow', 'discover/unreachable'],
  lay: (world) => world.flood(5000),
};
