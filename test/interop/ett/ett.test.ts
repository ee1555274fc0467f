import { describe, expect, test } from '@jest/globals';
import { told } from '../conformance/told-case.ts';
import { ETT_CASES } from '../support/ett.ts';

describe('a case of the certification tool', () => {
  test.each(ETT_CASES.map((each) => [each.id, each.about, each] as const))(
    '%s: %s',
    async (_id, _about, each) => {
      expect(await told(each)).toBe(each.expected);
    },
  );

  test('has a name of its own', () => {
    const ids = ETT_CASES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
