import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Answer,
  CertRecord,
  Directory,
  ServerRecord,
} from '../../shared/discover/directory.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';

export interface DirectoryWorld {
  readonly directory: Directory;
  readonly publish: (name: string, records: readonly (CertRecord | ServerRecord)[]) => void;
  readonly close: () => Promise<void>;
}

/** What every directory does, whichever way it asks. */
export function directoryContract(title: string, open: () => Promise<DirectoryWorld>): void {
  describe(`${title} as a directory`, () => {
    let world: DirectoryWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    const certificatesAt = async (name: string) =>
      recordsOf(await world.directory.certRecords(name));
    const serversAt = async (name: string) => recordsOf(await world.directory.serverRecords(name));

    test('answers a name that nobody published with no records, not with a refusal', async () => {
      const none = done({ records: [], ttlSeconds: 300 });
      await expect(world.directory.certRecords('nobody.example.org')).resolves.toEqual(none);
      await expect(world.directory.serverRecords('nobody.example.org')).resolves.toEqual(none);
    });

    test('gives back type and data of every record, in order', async () => {
      const records = [record(1, 40), record(3, 7), record(253, 0), record(1, 41)];
      world.publish('several.example.org', records);
      await expect(world.directory.certRecords('several.example.org')).resolves.toEqual(
        done({ records, ttlSeconds: 60 }),
      );
    });

    test('gives back every server, in order', async () => {
      const records = [server('ldap.example.org'), server('b.example.org', 65_535), server('', 0)];
      world.publish('_ldap._tcp.example.org', records);
      await expect(world.directory.serverRecords('_LDAP._tcp.example.org')).resolves.toEqual(
        done({ records, ttlSeconds: 60 }),
      );
    });

    test('tells the two kinds of records at one name apart', async () => {
      world.publish('both.example.org', [server('ldap.example.org'), record(1, 9)]);
      await expect(certificatesAt('both.example.org')).resolves.toEqual([record(1, 9)]);
      await expect(serversAt('both.example.org')).resolves.toEqual([server('ldap.example.org')]);
    });

    test.each([1000, 1300, 5000, 60_000])('carries a record of %d bytes', async (sizeBytes) => {
      const name = `large-${sizeBytes}.example.org`;
      world.publish(name, [record(1, sizeBytes)]);
      await expect(certificatesAt(name)).resolves.toEqual([record(1, sizeBytes)]);
    });

    test('finds a name in whatever case it is asked or was published', async () => {
      world.publish('Dr.Jones.Example.ORG', [record(1, 9)]);
      await expect(certificatesAt('dR.jONES.eXAMPLE.org')).resolves.toEqual([record(1, 9)]);
    });

    test('finds every character that a local part may hold', async () => {
      const name = "!#$%&'*+/=?^_`{|}~-.example.org";
      world.publish(name, [record(1, 9)]);
      await expect(certificatesAt(name)).resolves.toEqual([record(1, 9)]);
    });

    test('discover/unreachable: whoever asks has given up', async () => {
      world.publish('there.example.org', [record(1, 9)]);
      await expect(
        world.directory.certRecords('there.example.org', AbortSignal.abort()),
      ).resolves.toEqual(fail('discover/unreachable'));
    });

    test.each([
      ['a label of 64 octets', `${'a'.repeat(64)}.example.org`],
      ['256 octets', `${'a.'.repeat(126)}bc`],
      ['an empty label', 'a..example.org'],
      ['nothing', ''],
    ])('discover/bad-address: a name of %s is never asked', async (_, name) => {
      const refused = fail('discover/bad-address');
      await expect(world.directory.certRecords(name)).resolves.toEqual(refused);
      await expect(world.directory.serverRecords(name)).resolves.toEqual(refused);
    });
  });
}

const record = (type: number, sizeBytes: number): CertRecord => ({
  type,
  data: Uint8Array.from({ length: sizeBytes }, (_, index) => index % 251),
});

const server = (target: string, port = 389): ServerRecord => ({
  priority: 10,
  weight: 5,
  port,
  target,
});

function recordsOf<T>(answer: Outcome<Answer<T>>): readonly T[] {
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value.records;
}
