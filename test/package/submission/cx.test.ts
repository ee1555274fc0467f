import { describe, expect, test } from '@jest/globals';
import { identifierOfCx } from '../../../shared/package/submission/cx.ts';

describe('a CX', () => {
  test.each([
    ['1^^^&2.16.840.1.113883.4.6&ISO', '2.16.840.1.113883.4.6', '1'],
    [' 1^^^&1.2.3&iso ', '1.2.3', '1'],
    ['a\\S\\b\\T\\c\\E\\F^^^A name&1.2.3&ISO^MR', '1.2.3', 'a^b&c\\F'],
  ])('%s is an identifier', (text, system, value) => {
    expect(identifierOfCx(text)).toEqual({ system, value });
  });

  test.each(['', '1', '1^^^', '^^^&1.2.3&ISO', '1^^^&1.2.3', '1^^^&mrn&ISO', '1^^^&a.example&DNS'])(
    '%j is none',
    (text) => {
      expect(identifierOfCx(text)).toBeUndefined();
    },
  );
});
