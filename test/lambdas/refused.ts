import { expect } from '@jest/globals';
import { FAILURES, type FailureCode } from '../../shared/failures.ts';
import type { Answered, HttpWorld } from './http-world.ts';

/** Expects a call to be refused with this code as an RFC 9457 problem, and nothing in the table or the bucket to change. */
export async function expectRefused(
  world: HttpWorld,
  code: FailureCode,
  call: () => Promise<Answered>,
): Promise<Answered> {
  const before = [world.writes(), world.recordBytes.keys()];
  const answered = await call();
  const { status, says } = FAILURES[code];
  expect(answered).toMatchObject({
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: { status, code, detail: says, type: `/problems/${code}`, requestId: 'request-1' },
  });
  expect([world.writes(), world.recordBytes.keys()]).toEqual(before);
  return answered;
}
