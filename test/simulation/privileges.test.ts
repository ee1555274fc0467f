import { describe, expect, test } from '@jest/globals';
import type { Grant, Privileges, Refusal } from '../../infra/local/iam/privileges.ts';
import { EXPLAINED } from './privileges/explained.ts';
import { reckon, summaryOf, type Explanation } from './privileges/reckon.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Main';
const VIA = { StringEquals: { 'kms:ViaService': ['s3.us-east-1.amazonaws.com'] } };

const grant = (action: string, more: Partial<Grant> = {}): Grant => ({
  functionName: 'direct-transmit-local-worker',
  action,
  resource: TABLE,
  conditions: {},
  ...more,
});
const GET = grant('dynamodb:GetItem');
const PUT = grant('dynamodb:PutItem');

const run = (unused: readonly Grant[], refusals: readonly Refusal[] = []): Privileges => ({
  grants: [GET, PUT],
  unused,
  refusals,
  functionNames: [GET.functionName],
  refusalOf: () => undefined,
  knows: () => true,
});

const explanation = (more: Partial<Explanation> = {}): Explanation => ({
  function: 'worker',
  action: 'dynamodb:PutItem',
  resource: 'table/main',
  because: 'It is.',
  ...more,
});

describe('what was granted', () => {
  test('is good when all of it was used, in one run or another', () => {
    const reckoning = reckon([run([GET]), run([PUT])], []);
    expect(reckoning).toMatchObject({ functions: 1, grants: 2, unused: [], isGood: true });
    expect(summaryOf(reckoning)).toBe(
      'privileges: 1 functions, 2 grants, 0 never used, 0 refused; good',
    );
  });

  test('and never used is not, unless somebody says why', () => {
    const reckoning = reckon([run([PUT]), run([GET, PUT])], []);
    expect(reckoning.unused).toEqual([
      { line: `worker: dynamodb:PutItem on ${TABLE}`, because: undefined },
    ]);
    expect(summaryOf(reckoning)).toMatch(/1 never used, 0 refused; NOT good$/);
    expect(reckon([run([PUT])], [explanation()]).isGood).toBe(true);
    expect(reckon([run([PUT])], [explanation({ function: '*' })]).isGood).toBe(true);
  });

  test.each([
    ['another function', explanation({ function: 'work' })],
    ['another action', explanation({ action: 'dynamodb:Put' })],
    ['another resource', explanation({ resource: 'table/audit' })],
  ])('is not explained by %s', (_, given) => {
    expect(reckon([run([PUT])], [given])).toMatchObject({
      isGood: false,
      stale: [expect.anything()],
    });
  });

  test('of which something was used that is explained is not good: the explanation is old', () => {
    const reckoning = reckon([run([])], [explanation()]);
    expect(reckoning.stale).toEqual(['worker: dynamodb:PutItem on table/main']);
    expect(reckoning.isGood).toBe(false);
    expect(reckon([run([])], [explanation({ mayBeUsed: true })]).isGood).toBe(true);
  });

  test('is told apart by its conditions', () => {
    const decrypt = grant('kms:Decrypt', { resource: 'key/data12', conditions: VIA });
    const runs = [{ ...run([decrypt]), grants: [decrypt] }];
    const isGoodFor = (resource: string) =>
      reckon(runs, [explanation({ action: 'kms:Decrypt', resource })]).isGood;
    expect(isGoodFor('key/data (s3.')).toBe(true);
    expect(isGoodFor('key/data (sqs.')).toBe(false);
  });

  test('is not good when something was refused', () => {
    const refused = { functionName: 'f', action: 'a', resource: 'r', message: 'm' };
    const reckoning = reckon([run([]), run([], [refused])], []);
    expect(reckoning.refused).toEqual(['f lacks a on r']);
    expect(summaryOf(reckoning)).toMatch(/1 refused; NOT good$/);
  });
});

test('every explanation is one sentence', () => {
  for (const { because } of EXPLAINED) expect(because).toMatch(/^[A-Z][^]*[.]$/);
});
