import { expect, test } from '@jest/globals';
import { refusalOf } from '../requests.ts';
import type { RefusedRequest } from './refused-request.ts';

/** Each as a test of its own. */
export const refusesAll = (requests: readonly RefusedRequest[]): void =>
  test.each(requests.map(({ code, name, entity }) => [code, name, entity] as const))(
    '%s: %s',
    (code, _, entity) => {
      expect(refusalOf(entity)).toBe(code);
    },
  );
