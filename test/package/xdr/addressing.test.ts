import { describe, expect, test } from '@jest/globals';
import { changed as changedIn, ownSoap, plain, read, refusalOf } from './requests.ts';
import { BAD_ADDRESSING } from './refused/addressing.ts';
import { refusesAll } from './refused/refuses-all.ts';

const SOAP = ownSoap();
const changed = (from: string | RegExp, to: string): string => changedIn(SOAP, from, to);

describe('between whom it goes', () => {
  refusesAll(BAD_ADDRESSING);

  test('a hundred recipients and one', () => {
    const many = Array.from({ length: 101 }, (_, at) => `<direct:to>a${at}@b.example</direct:to>`);
    const soap = changed('</direct:to>', `</direct:to>${many.join('')}`);
    expect(refusalOf(plain(soap))).toBe('package/over-limits');
  });

  test('with mailto: and without, each once in whatever case', () => {
    const also =
      '<direct:to>A%2Bb@c.example</direct:to><direct:to>dr.kim@CLINIC.example</direct:to>';
    const more = '<direct:to>MAILTO:a%2Bb@c.example</direct:to>';
    const soap = changed('</direct:to>', `</direct:to>${also}${more}`);
    const { to: recipients } = read(plain(soap)).addressing;
    expect(recipients).toEqual(['dr.kim@clinic.example', 'A%2Bb@c.example', 'a+b@c.example']);
  });

  test('what the block does not say, the submission set says', () => {
    const soap = changed(/<direct:addressBlock[^]*<\/direct:addressBlock>/, '');
    expect(read(plain(soap)).addressing).toEqual({
      from: 'records@green.example',
      to: ['Dr.Kim@clinic.example'],
      wantsFinalDelivery: false,
    });
  });

  test.each([
    ['||^^Internet^a@b.example', ['a@b.example']],
    ['||^^Internet^a@b.example^1^555^5551234', ['a@b.example']],
    [
      'Some Hospital^^^^^^^^^1.2.3|^Wel^Marcus^^^Dr^MD|^^Internet^a\\T\\b@c.example',
      ['a&b@c.example'],
    ],
    ['^^^^Internet^a@b.example', ['a@b.example']],
  ])('a recipient written as %s', (value, recipients) => {
    const without = changed(/<direct:addressBlock[^]*<\/direct:addressBlock>/, '');
    const soap = without.replace(/\|\|\^\^Internet\^Dr.Kim[^<]*/, () =>
      value.replace('&', '&amp;'),
    );
    expect(read(plain(soap)).addressing.to).toEqual(recipients);
  });

  test.each([
    ['in the block', '<direct:metadata-level>minimal</direct:metadata-level>'],
    ['nowhere', ''],
  ])('its level stands %s', (_, markup) => {
    const soap = changed(/<direct:metadata-level.*<\/direct:metadata-level>/, '').replace(
      '<direct:from>',
      `${markup}$&`,
    );
    expect(read(plain(soap)).level).toBe(markup === '' ? undefined : 'minimal');
  });
});
