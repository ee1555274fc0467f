import { describe, expect, test } from '@jest/globals';
import { xdrEntity } from '../../../shared/package/xdr/entity.ts';
import { asMtom, mtom, MTOM_TYPE, mtomBody, ownSoap, read, refusalOf, textOf } from './requests.ts';
import { BAD_MTOM } from './refused/mtom.ts';
import { refusesAll } from './refused/refuses-all.ts';

const good = asMtom(ownSoap());
const text = mtomBody(good).toString('latin1');
const [part] = good.parts;
const raw = (edited: string, type = MTOM_TYPE): Uint8Array =>
  xdrEntity(type, Buffer.from(edited, 'latin1'));

describe('MTOM that is broken', () => {
  test('and when it is not, it is read', () => {
    expect(read(mtom(good))).toMatchObject({ isMtom: true });
    expect(read(raw(`\r\n${text}\r\n`))).toMatchObject({ isMtom: true });
    expect(read(raw(text, MTOM_TYPE.replace(/ start="[^"]*";/, '')))).toMatchObject({
      isMtom: true,
    });
    expect(
      read(
        mtom({
          ...good,
          parts: [
            {
              ...part!,
              bytes: Buffer.from(
                Buffer.from(part!.bytes).toString('base64').replace(/.{76}/g, '$&\r\n'),
              ),
              encoding: 'base64',
            },
          ],
        }),
      ),
    ).toMatchObject({ contents: read(mtom(good)).contents });
  });

  refusesAll(BAD_MTOM);

  test('a part that is included twice', () => {
    const twice = ownSoap(Buffer.from(textOf(part!.bytes)), Buffer.from(textOf(part!.bytes)));
    const { soap, parts } = asMtom(twice);
    const [one, two] = parts;
    expect(refusalOf(mtom({ soap, parts: [one!, two!] }))).toBe('read');
    const dangling = soap.replace(two!.id, one!.id);
    expect(refusalOf(mtom({ soap: dangling, parts: [one!] }))).toBe('package/bad-multipart');
  });

  test('package/over-limits: many thousand parts', () => {
    const empty = Array.from({ length: 20_000 }, (_, at) => ({
      id: `p${at}@b`,
      bytes: Buffer.of(),
    }));
    expect(refusalOf(mtom({ ...good, parts: empty }))).toBe('package/over-limits');
  });
});
