import { expect, test } from '@jest/globals';
import { acceptedLanguage } from '../../shared/edge/http/accepted-language.ts';

test.each([
  ['nothing', undefined, 'en'],
  ['an empty header', '', 'en'],
  ['Spanish', 'es', 'es'],
  ['Spanish of a region, in capitals', 'ES-MX', 'es'],
  ['one of ours behind one of others', 'fr-CA, es;q=0.8, en;q=0.7', 'es'],
  ['one that is liked better', 'es;q=0.3, en;q=0.9', 'en'],
  ['two that are liked the same', 'es, en', 'es'],
  ['one that is not wanted', 'es;q=0', 'en'],
  ['none of ours', 'fr, de', 'en'],
  ['a weight that is none', 'es;q=much', 'en'],
  ['anything', '*', 'en'],
  ['more than a browser sends', `${'fr,'.repeat(200)}es`, 'en'],
])('%s', (_, header, expected) => {
  expect(acceptedLanguage(header)).toBe(expected);
});
