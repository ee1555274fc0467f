import { expect, test } from '@jest/globals';
import { decodedBase64 } from '../../../shared/package/xdr/base64.ts';

const textOf = (text: string) => {
  const bytes = decodedBase64(text);
  return bytes && Buffer.from(bytes).toString();
};

test('is read in lines of any length, with any blanks', () => {
  expect([textOf('cmVj\r\nb3Jk'), textOf(' cm V\tjb3Jk\n'), textOf('cmU=')]).toEqual([
    'record',
    'record',
    're',
  ]);
});

test('with more blanks than a stack holds', () => {
  expect(textOf(`cmVj${' '.repeat(16_000_000)}b3Jk`)).toBe('record');
});

test.each(['cmV', 'cm=j', 'cmVj-_==', 'cmVj====', 'ä'])('is not %j', (text) => {
  expect(decodedBase64(text)).toBeUndefined();
});
