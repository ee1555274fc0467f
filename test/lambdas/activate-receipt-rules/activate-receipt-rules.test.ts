import { describe, expect, test } from '@jest/globals';
import { makeHandler } from '../../../lambdas/activate-receipt-rules/handler.ts';
import { jsonLog } from '../../../shared/log.ts';
import type { ResourceAnswer } from '../../../shared/resource-answer.ts';
import { memoryRuleSet } from '../../support/memory/active-rule-set.ts';

const OURS = 'direct-transmit-production';

/** @param found the set that is active before */
function stage(found?: string) {
  const active = memoryRuleSet(found);
  const answers: ResourceAnswer[] = [];
  const lines: string[] = [];
  const handler = makeHandler({
    ruleSet: OURS,
    active,
    bring: async (_, answer) => void answers.push(answer),
    log: jsonLog((line) => lines.push(line), 'activate-receipt-rules'),
  });
  const asked = (type: string, properties: object = {}) =>
    handler(
      {
        RequestType: type,
        ResponseURL: 'https://s3.amazonaws.com/x',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Active',
        ResourceProperties: { RuleSetName: OURS, ...properties },
      },
      { getRemainingTimeInMillis: () => 60_000 },
    );
  return { active, answers, lines, asked };
}

describe('the set of receipt rules of a stage', () => {
  test('is active from when the stage is deployed until it is removed, however often that is asked', async () => {
    const { active, answers, asked } = stage();
    for (const type of ['Create', 'Create', 'Update']) await asked(type);
    expect(await active.read()).toBe(OURS);
    for (const type of ['Delete', 'Delete']) await asked(type);
    expect(active.written).toEqual([OURS, undefined]);
    expect(answers.map(({ Status: status }) => status)).toEqual(Array(5).fill('SUCCESS'));
  });

  test.each([
    ['somebody else', 'default-rule-set', 'deployment.receiptRuleSet'],
    ['another stage', 'direct-transmit-sandbox', 'another account or region'],
  ])('does not displace that of %s, and says what to do', async (_, other, advice) => {
    const { active, answers, lines, asked } = stage(other);
    await asked('Create');
    expect(answers).toMatchObject([{ Status: 'FAILED' }]);
    const [{ Reason: reason = '' } = {}] = answers;
    expect(reason).toContain(`(${other})`);
    expect(reason).toContain(advice);
    expect(reason).toContain('"receiving": "elsewhere"');
    // CloudFormation takes back what it could not make.
    await asked('Delete');
    expect(active.written).toHaveLength(0);
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS' });
    expect(lines.join()).not.toContain(other);
  });

  test('is ours whatever the event names', async () => {
    const { active, asked } = stage();
    await asked('Create', { RuleSetName: 'default-rule-set' });
    expect(await active.read()).toBe(OURS);
  });
});
