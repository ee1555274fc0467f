import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CertRecord, Directory } from '../../shared/discover/directory.ts';
import { done, fail } from '../../shared/outcome.ts';

export interface DirectoryWorld {
  readonly directory: Directory;
  readonly publish: (name: string, records: readonly CertRecord[]) => void;
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

    test('answers a name that nobody published with no records, not with a refusal', async () => {
      await expect(world.directory.certRecords('nobody.example.org')).resolves.toEqual(done([]));
    });

    test('gives back type and data of every record, in order', async () => {
      const records = [record(1, 40), record(3, 7), record(253, 0), record(1, 41)];
      world.publish('several.example.org', records);
      await expect(world.directory.certRecords('several.example.org')).resolves.toEqual(
        done(records),
      );
    });

    test.each([1000, 1300, 5000, 60_000])('carries a record of %d bytes', async (sizeBytes) => {
      const name = `large-${sizeBytes}.example.org`;
      world.publish(name, [record(1, sizeBytes)]);
      await expect(world.directory.certRecords(name)).resolves.toEqual(
        done([record(1, sizeBytes)]),
      );
    });

    test('finds a name in whatever case it is asked or was published', async () => {
      world.publish('Dr.Jones.Example.ORG', [record(1, 9)]);
      await expect(world.directory.certRecords('dR.jONES.eXAMPLE.org')).resolves.toEqual(
        done([record(1, 9)]),
      );
    });

    test('finds every character that a local part may hold', async () => {
      const name = "!#$%&'*+/=?^_`{|}~-.example.org";
      world.publish(name, [record(1, 9)]);
      await expect(world.directory.certRecords(name)).resolves.toEqual(done([record(1, 9)]));
    });

    test.each([
      ['a label of 64 octets', `${'a'.repeat(64)}.example.org`],
      ['256 octets', `${'a.'.repeat(126)}bc`],
      ['an empty label', 'a..example.org'],
      ['nothing', ''],
    ])('discover/bad-address: a name of %s is never asked', async (_, name) => {
      await expect(world.directory.certRecords(name)).resolves.toEqual(
        fail('discover/bad-address'),
      );
    });
  });
}

const record = (type: number, sizeBytes: number): CertRecord => ({
  type,
  data: Uint8Array.from({ length: sizeBytes }, (_, index) => index % 251),
});
