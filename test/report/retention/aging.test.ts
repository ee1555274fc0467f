import { expect, test } from '@jest/globals';
import { AGING, inTurn } from '../../../shared/report/retention/aging.ts';

test('each class is the first to go in one of as many hours as there are classes, and none is left out', () => {
  const hours = AGING.map((_, hour) => inTurn(new Date(Date.UTC(2026, 10, 23, hour, 59, 59))));
  expect(new Set(hours.map(([first]) => first))).toEqual(new Set(AGING));
  for (const order of hours) expect(order.toSorted()).toEqual(AGING.toSorted());
});
