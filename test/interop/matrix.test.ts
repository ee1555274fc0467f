import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cachedAuthority } from '../support/pki.ts';
import { describeWith } from '../support/needs.ts';
import { expectedOf } from './matrix/expected.ts';
import { featuresOf } from './matrix/features.ts';
import type { EquippedReader, Reader } from './matrix/reader.ts';
import { READERS } from './matrix/readers.ts';
import { people, sentOnce } from './matrix/run-matrix.ts';
import { spoiled } from './matrix/spoiled.ts';
import { VARIANTS } from './matrix/variants.ts';
import { sectionOf } from './page/marks.ts';
import { cellsIn } from './page/matrix-section.ts';
import { readPage } from './page/page-file.ts';

const PLAIN = VARIANTS[0]!;
const COMMITTED = cellsIn(sectionOf(readPage(), 'matrix'));

test('docs/interop.md has a row for each variant and a column for each reader, and no more', () => {
  expect([...COMMITTED.keys()]).toEqual(VARIANTS.map(({ name }) => name));
  for (const cells of COMMITTED.values()) {
    expect([...cells.keys()]).toEqual(READERS.map(({ name }) => name));
  }
});

describe('a message of ours', () => {
  test.each(VARIANTS.map((variant) => [variant.name, variant] as const))(
    'is what its variant says: %s',
    async (_, variant) => {
      const { oaep, beside = 0, settings, language = 'en', record } = variant;
      const pages = settings?.htmlRendering === true ? ['DOC00001.HTM'] : [];
      expect(featuresOf(await sentOnce(variant), await people)).toEqual({
        keyTransport: oaep ? 'rsaes-oaep-sha256' : 'rsaes-pkcs1-v1_5',
        certificates: beside + 1,
        attachments: ['health-record.zip', ...(settings?.requestTxt ? ['request.txt'] : [])],
        language: [language],
        files: [...(record?.map(({ name }) => name) ?? ['DOC00001.XML']), ...pages],
      });
    },
  );
});

describe.each(READERS.map((reader) => [reader.name, reader] as const))('%s', (_, reader) => {
  readsOurs(reader);
});

function readsOurs(reader: Reader): void {
  describeWith(['openssl', 'time', ...reader.needs], 'given a message of ours', () => {
    let equipped: EquippedReader;
    beforeAll(async () => {
      equipped = reader.equip(await people);
    });
    afterAll(() => equipped.remove());

    test.each(
      VARIANTS.map((each) => [expectedOf(each, reader.name).reading, each.name, each] as const),
    )('%s it: %s', async (reading, _name, variant) => {
      const got = await equipped.read(await sentOnce(variant));
      expect(got).toBe(reading);
      expect(COMMITTED.get(variant.name)?.get(reader.name)).toBe(got);
    });

    test('notices when a byte of it is another', async () => {
      const verdict = await equipped.read(spoiled(await sentOnce(PLAIN), await people));
      expect(verdict).toMatch(/^does not verify$|secure\/bad-signature/);
    });

    test('does not verify it without trust in its authority', async () => {
      const anchor = await cachedAuthority('A stranger');
      const distrustful = reader.equip({ ...(await people), anchor });
      const verdict = await distrustful.read(await sentOnce(PLAIN));
      distrustful.remove();
      expect(verdict).toMatch(/^does not verify$|trust\/no-anchor/);
    });

    test('tells a document that is another from the one that was uploaded', async () => {
      const sent = await sentOnce(PLAIN);
      const documents = new Map([...sent.documents].map(([name]) => [name, Buffer.from('x')]));
      expect(await equipped.read({ ...sent, documents })).toMatch(/^(?:an)?other doc/i);
    });
  });
}
