import { expect, test } from '@jest/globals';
import { viewOf } from '../../shared/status/view.ts';
import type { FactBody } from '../../shared/transmission/facts.ts';
import { factsOf, historyOf, intent, intentForHisp } from '../support/histories.ts';

test.each([
  ['deliver/too-large', '12 bytes, over 10'],
  ['deliver/refused', undefined],
] as const)('of what ended with %s the view shows the numbers %s', (code, shown) => {
  const detail = '12 bytes, over 10';
  const facts = factsOf([0, { kind: 'ended', end: 'failed', code, detail }]);

  expect(viewOf(historyOf(facts), 'en').timeline.at(-1)?.detail).toBe(shown);
});

const timeline = (fact: FactBody) => viewOf(historyOf(factsOf([0, fact])), 'en').timeline[0];

test('of what goes by a HISP the view says so, and names nothing that was proved', () => {
  expect(timeline(intentForHisp(1, 'xdr'))).toMatchObject({ hisp: 'xdr' });
  expect(timeline(intentForHisp())).not.toHaveProperty('proved');
  expect(timeline(intent())).not.toHaveProperty('hisp');
});
