import { expect, test } from '@jest/globals';
import { viewOf } from '../../shared/status/view.ts';
import { factsOf, historyOf } from '../support/histories.ts';

test.each([
  ['deliver/too-large', '12 bytes, over 10'],
  ['deliver/refused', undefined],
] as const)('of what ended with %s the view shows the numbers %s', (code, shown) => {
  const detail = '12 bytes, over 10';
  const facts = factsOf([0, { kind: 'ended', end: 'failed', code, detail }]);

  expect(viewOf(historyOf(facts)).timeline.at(-1)?.detail).toBe(shown);
});
