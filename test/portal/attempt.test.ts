import { expect, test } from '@jest/globals';
import { WishKey } from '../../portal/api/attempt.ts';
import { inHex, newKey } from '../../portal/api/key.ts';

test('every attempt at a wish has the key of the first', () => {
  const key = new WishKey();
  const first = key.for('to ana');
  expect([key.for('to ana'), key.for('to ana')]).toEqual([first, first]);
});

test('a wish that was changed has a key of its own, and changed back the first one: that may have happened unseen', () => {
  const key = new WishKey();
  const [first, other, again] = ['to ana', 'to ben', 'to ana'].map((wish) => key.for(wish));
  expect(other).not.toBe(first);
  expect(again).toBe(first);
});

test('what has happened is another time when it is wished for again', () => {
  const key = new WishKey();
  const first = key.for('to ana');
  key.happened('to ana');
  expect(key.for('to ana')).not.toBe(first);
});

test('another that has happened says nothing of it', () => {
  const key = new WishKey();
  const first = key.for('to ana');
  key.for('to ben');
  key.happened('to ben');
  expect(key.for('to ana')).toBe(first);
});

test('a key is 16 bytes of chance, as the API takes them', () => {
  const keys = Array.from({ length: 100 }, newKey);
  expect(new Set(keys).size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^[\da-f]{32}$/);
  expect(inHex(Uint8Array.of(0, 10, 255))).toBe('000aff');
});
