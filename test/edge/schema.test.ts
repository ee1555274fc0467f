import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { parse } from '../../shared/edge/http/body.ts';

const SCHEMA = z.strictObject({
  name: z.string().max(3),
  list: z.array(z.strictObject({ n: z.number() })).optional(),
});

const faultsOf = (value: unknown, base = '') => {
  const parsed = parse(value, SCHEMA, base);
  return parsed.ok ? [] : parsed.failure.faults;
};

describe('what does not fit a schema', () => {
  test('is pointed at, with what is wrong there', () => {
    expect(faultsOf({ name: 'long', list: [{ n: 1 }, { n: 'x' }] })).toEqual([
      { pointer: '/name', code: 'too-big' },
      { pointer: '/list/1/n', code: 'invalid-type' },
    ]);
    expect(faultsOf({}, '/events/2')).toEqual([
      { pointer: '/events/2/name', code: 'invalid-type' },
    ]);
  });

  test('is never repeated: neither its values nor the names that it brought', () => {
    const faults = faultsOf({ name: 'MRN-0001', 'Ana Rivera': 'secret' });
    expect(JSON.stringify(faults)).not.toMatch(/MRN|Rivera|secret/);
    expect(faults).toContainEqual({ pointer: '', code: 'unrecognized-keys' });
  });

  test('is listed twenty times at most', () => {
    const list = Array.from({ length: 50 }, () => ({ n: 'x' }));
    expect(faultsOf({ name: 'a', list })).toHaveLength(20);
  });
});
