import { afterEach, describe, expect, test } from '@jest/globals';
import type { ServerRecord } from '../../shared/discover/directory.ts';
import type { Ldap, LdapServer } from '../../shared/discover/ldap.ts';
import { done, fail } from '../../shared/outcome.ts';
import type { LdapContents } from '../support/fake-ldap.ts';

type Place = Pick<ServerRecord, 'target' | 'port'>;

export interface LdapWorld {
  readonly ldap: Ldap;
  readonly place: Place;
  /** Where nobody answers. */
  readonly deadPlace: Place;
  readonly close: () => Promise<void>;
}

const ONE = Uint8Array.of(0x30, 1, 0xff);
const TWO = Uint8Array.from({ length: 3000 }, (_, index) => index % 251);

const CONTENTS: LdapContents = {
  contexts: ['ou=one,o=clinic', 'ou=zwei,o=Ärzte'],
  entries: [
    { context: 'ou=one,o=clinic', mail: 'Dr.Berg@Clinic.Example', certificates: [ONE, TWO] },
    { context: 'ou=one,o=clinic', mail: 'dr.berg@clinic.example', certificates: [] },
    { context: 'ou=one,o=clinic', mail: 'dr.berg@clinic.example', certificates: [TWO] },
    { context: 'ou=zwei,o=Ärzte', mail: 'clinic.example', certificates: [ONE] },
  ],
};

/** What every LDAP client does, whichever way it asks. */
export function ldapContract(
  title: string,
  open: (contents: LdapContents) => Promise<LdapWorld>,
): void {
  describe(`${title} as LDAP`, () => {
    const worlds: LdapWorld[] = [];
    afterEach(async () => {
      await Promise.all(worlds.splice(0).map((world) => world.close()));
    });

    async function enter(contents = CONTENTS): Promise<LdapWorld> {
      const world = await open(contents);
      worlds.push(world);
      return world;
    }

    async function connect(contents = CONTENTS, within = later()): Promise<LdapServer> {
      const { ldap, place } = await enter(contents);
      const opened = await ldap.open(place, within);
      if (!opened.ok) throw new Error(opened.failure.code);
      return opened.value;
    }

    test('lists the naming contexts in order', async () => {
      const server = await connect();
      await expect(server.namingContexts()).resolves.toEqual(done(CONTENTS.contexts));
      await server.close();
    });

    test('gives every certificate of every entry, in order, whatever the case of the mail', async () => {
      const server = await connect();
      await expect(
        server.certificates('ou=one,o=clinic', 'DR.BERG@clinic.example'),
      ).resolves.toEqual(done([ONE, TWO, TWO]));
      await server.close();
    });

    test('searches one context after the other', async () => {
      const server = await connect();
      const found = [];
      for (const context of CONTENTS.contexts) {
        found.push(await server.certificates(context, 'clinic.example'));
      }
      expect(found).toEqual([done([]), done([ONE])]);
      await server.close();
    });

    test.each([
      ['a context that is not there', 'ou=three', 'clinic.example'],
      ['a mail that nobody has', 'ou=one,o=clinic', 'nobody@clinic.example'],
      ['the signs of a filter', 'ou=one,o=clinic', '*)(objectClass=*'],
      ['an asterisk', 'ou=one,o=clinic', '*'],
    ])('has no certificates for %s', async (_, context, mail) => {
      const server = await connect();
      await expect(server.certificates(context, mail)).resolves.toEqual(done([]));
      await server.close();
    });

    test('discover/ldap-malformed: no naming context at all', async () => {
      const server = await connect({ contexts: [], entries: [] });
      await expect(server.namingContexts()).resolves.toEqual(fail('discover/ldap-malformed'));
      await server.close();
    });

    test('discover/ldap-unreachable: nobody there', async () => {
      const { ldap, deadPlace } = await enter();
      await expect(ldap.open(deadPlace, later())).resolves.toEqual(
        fail('discover/ldap-unreachable'),
      );
    });

    test('discover/ldap-unreachable: whoever asks has given up', async () => {
      const { ldap, place } = await enter();
      await expect(ldap.open(place, AbortSignal.abort())).resolves.toEqual(
        fail('discover/ldap-unreachable'),
      );
      const giveUp = new AbortController();
      const server = await connect(CONTENTS, giveUp.signal);
      giveUp.abort();
      await expect(server.namingContexts()).resolves.toEqual(fail('discover/ldap-unreachable'));
      await server.close();
    });

    test.each([0, 22, 25, 1023])('discover/ldap-blocked: port %d', async (port) => {
      const { ldap, place } = await enter();
      await expect(ldap.open({ ...place, port }, later())).resolves.toEqual(
        fail('discover/ldap-blocked'),
      );
    });

    test('may be closed more than once', async () => {
      const server = await connect();
      await server.close();
      await expect(server.close()).resolves.toBeUndefined();
    });
  });
}

const later = (): AbortSignal => AbortSignal.timeout(10_000);
