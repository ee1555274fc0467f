import { describe, expect, test } from '@jest/globals';
import {
  isResourceRequest,
  onCustomResource,
  type ResourceWork,
} from '../../shared/edge/custom-resource.ts';
import { jsonLog } from '../../shared/log.ts';
import { done, fail } from '../../shared/outcome.ts';
import type { BringAnswer, ResourceAnswer } from '../../shared/resource-answer.ts';

const REQUEST = {
  RequestType: 'Create',
  ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  ResponseURL: 'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/x?y',
  StackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/Mail/1',
  RequestId: 'request-1',
  LogicalResourceId: 'Active',
  ResourceType: 'Custom::Thing',
  ResourceProperties: { ServiceToken: 'f' },
};
const NAMES = {
  StackId: REQUEST.StackId,
  RequestId: REQUEST.RequestId,
  LogicalResourceId: REQUEST.LogicalResourceId,
};

const QUIET: ResourceWork = { keep: async () => done(1), remove: async () => done(1) };

function entered(work: Partial<ResourceWork> = {}, bring?: BringAnswer) {
  const brought: (readonly [url: string, answer: ResourceAnswer])[] = [];
  const lines: string[] = [];
  const handler = onCustomResource(
    { ...QUIET, ...work },
    {
      bring: bring ?? (async (url, answer) => void brought.push([url, answer])),
      log: jsonLog((line) => lines.push(line), 'test'),
    },
  );
  return {
    brought,
    lines,
    call: (request: object = REQUEST, milliseconds = 60_000) =>
      handler(request, { getRemainingTimeInMillis: () => milliseconds }),
  };
}

const sleeping = () => new Promise<never>(() => undefined);

describe('a resource of a stack that a function stands for', () => {
  test('is answered where CloudFormation waits, with the names by which it knows the question', async () => {
    const { call, brought } = entered();
    await call();
    expect(brought).toEqual([
      [REQUEST.ResponseURL, { Status: 'SUCCESS', PhysicalResourceId: 'Active', ...NAMES }],
    ]);
  });

  test.each([
    ['Create', 'keep'],
    ['Update', 'keep'],
    ['Delete', 'remove'],
  ])('%s: %s is what is done, and nothing else', async (type, expected) => {
    const did: string[] = [];
    const work = {
      keep: async () => done(did.push('keep')),
      remove: async () => done(did.push('remove')),
    };
    await entered(work).call({ ...REQUEST, RequestType: type, PhysicalResourceId: 'first' });
    expect(did).toEqual([expected]);
  });

  test.each(['Update', 'Delete'])('keeps its id when it is asked for again: %s', async (type) => {
    const { call, brought } = entered();
    await call({ ...REQUEST, RequestType: type, PhysicalResourceId: 'the-first-one' });
    expect(brought[0]?.[1]).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'the-first-one',
    });
  });

  test('a refusal says what is wrong, with what, and what to do', async () => {
    const { call, brought, lines } = entered({
      keep: async () => fail('notification/rules-taken', 'default-rule-set'),
    });
    await call();
    expect(brought[0]?.[1]).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'Active',
      Reason: expect.stringMatching(
        /^Mail is taken in by [^.]*left as it is \(default-rule-set\): write .*deployment\.receiptRuleSet/,
      ),
    });
    expect(lines.join()).toContain('"code":"notification/rules-taken"');
  });

  test('what is thrown fails it too, and says no more than where', async () => {
    const { call, brought, lines } = entered({
      keep: async () => {
        throw new TypeError('patient@clinic.example');
      },
    });
    await call();
    expect(brought[0]?.[1]).toMatchObject({ Status: 'FAILED', ...NAMES });
    expect(brought[0]?.[1].Reason).toMatch(
      /^The function failed: TypeError at custom-resource\.test\.ts:\d+:\d+\.$/,
    );
    expect(JSON.stringify([brought, lines])).not.toContain('patient@');
  });

  test('is answered before the function is cut off, also when the work hangs', async () => {
    const { call, brought } = entered({ keep: sleeping });
    const from = performance.now();
    await call(REQUEST, 15_050);
    expect(performance.now() - from).toBeLessThan(5000);
    expect(brought[0]?.[1]).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('cut off'),
    });
  });

  test('an answer that cannot be brought is thrown, so that Lambda asks again', async () => {
    const { call } = entered({}, async () => {
      throw new Error('nobody there');
    });
    await expect(call()).rejects.toThrow('nobody there');
  });

  test('a refusal of any code fits what CloudFormation reads', async () => {
    const { FAILURES } = await import('../../shared/failures.ts');
    const longest = Object.values(FAILURES).map(({ says, remedy }) => says.length + remedy.length);
    expect(Math.max(...longest)).toBeLessThan(2000);
  });

  test.each([[{}], [{ source: 'aws.events' }], [{ ...REQUEST, RequestType: 'Read' }]])(
    'another event is not taken for one: %j',
    async (event) => {
      expect(isResourceRequest(event)).toBe(false);
      await expect(entered().call(event)).rejects.toThrow('RequestType');
    },
  );
});
