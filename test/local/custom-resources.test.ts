import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deploymentOf } from '../../infra/local/assembly/deployment.ts';
import { Template, type Assembly } from '../../infra/local/assembly/template.ts';
import type { Buckets } from '../../infra/local/engines/queues-and-buckets.ts';
import { mailIntake } from '../../infra/local/events/receipt-rules.ts';
import { createCustomResources } from '../../infra/local/custom-resources/create.ts';
import { startLocalSystem } from '../../infra/local/local-system.ts';
import { startSesEndpoint, type SesEndpoint } from '../../infra/local/world/ses/ses-endpoint.ts';
import { makeHandler } from '../../lambdas/activate-receipt-rules/handler.ts';
import { bringAnswer } from '../../shared/adapters/bring-answer.ts';
import { sesActiveRuleSet } from '../../shared/adapters/ses/active-rule-set.ts';
import { jsonLog } from '../../shared/log.ts';
import { withAwsEnv } from '../adapters/aws-env.ts';
import { describeWith } from '../support/needs.ts';

const assemblyWith = (resources: object): Assembly => ({
  stacks: [
    {
      name: 'Mail',
      template: Template.parse({ Resources: resources }),
      assetFolders: new Map(),
    },
  ],
});

const FUNCTION = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'activate' } };
const custom = (more: object = {}) => ({
  Type: 'Custom::ActiveRuleSet',
  Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ...more },
});

type Invoke = (event: unknown) => Promise<unknown>;

const create = (resources: object, invoke: Invoke): Promise<void> => {
  const assembly = assemblyWith({ Function: FUNCTION, ...resources });
  const deployment = deploymentOf(assembly, { queues: 'http://q', api: 'http://a' }, {});
  return createCustomResources(assembly, deployment, { get: () => ({ invoke }) });
};

const told = (event: unknown, status: string, headers: object = {}) => {
  const { ResponseURL: url } = event as { ResponseURL: string };
  const answer = { Status: status, Reason: 'As it was asked.' };
  return fetch(url, { method: 'PUT', body: Buffer.from(JSON.stringify(answer)), ...headers });
};

describe('a custom resource that is deployed here', () => {
  test('asks the function that it names, by a request as CloudFormation writes it', async () => {
    const events: unknown[] = [];
    await create({ One: custom() }, async (event) => {
      events.push(event);
      await told(event, 'SUCCESS');
    });
    expect(events).toMatchObject([
      {
        RequestType: 'Create',
        ResponseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.+\?X-Amz-Signature=/),
        LogicalResourceId: 'One',
        ResourceType: 'Custom::ActiveRuleSet',
        StackId: expect.stringContaining(':stack/Mail/'),
      },
    ]);
  });

  test('that says FAILED fails the deployment, in its own words', async () => {
    const creating = create({ One: custom() }, (event) => told(event, 'FAILED'));
    await expect(creating).rejects.toThrow('Mail/One was not made: As it was asked.');
  });

  test('that says nothing fails the deployment when its time is up, also if it threw', async () => {
    const creating = create({ One: custom({ ServiceTimeout: '1' }) }, async () => {
      throw new Error('secret');
    });
    await expect(creating).rejects.toThrow('Mail/One was not made: its function did not answer');
  });

  test('is not heard with a type, for which the URL is not signed', async () => {
    const statuses: number[] = [];
    const creating = create({ One: custom({ ServiceTimeout: 1 }) }, async (event) => {
      const headers = { 'content-type': 'application/json' };
      statuses.push((await told(event, 'SUCCESS', { headers })).status);
    });
    await expect(creating).rejects.toThrow('did not answer');
    expect(statuses).toEqual([403]);
  });

  test('nothing is asked where there is none', async () => {
    await create({}, () => Promise.reject(new Error('Nobody should ask')));
  });
});

const handler = (ruleSet: string) =>
  makeHandler({
    ruleSet,
    active: sesActiveRuleSet(),
    bring: bringAnswer({ loopback: true }),
    log: jsonLog(() => undefined, 'activate-receipt-rules'),
  });

const deploy = (ruleSet: string) =>
  create({ Active: custom() }, (event) =>
    handler(ruleSet)(event, { getRemainingTimeInMillis: () => 60_000 }),
  );

describe('the receipt rules of the stage, deployed here', () => {
  let ses: SesEndpoint;
  let undo: () => void;
  beforeAll(async () => {
    ses = await startSesEndpoint({ relayTo: '127.0.0.1:1', activeRuleSet: 'default-rule-set' });
    undo = withAwsEnv({ AWS_ENDPOINT_URL_SES: ses.endpoint });
  });
  afterAll(async () => {
    undo();
    await ses.close();
  });

  test('fail where SES takes in mail by another set, which stays', async () => {
    await expect(deploy('direct-transmit-local')).rejects.toThrow(
      /^Mail\/Active was not made: .* \(default-rule-set\): write its name as deployment\.receiptRuleSet/,
    );
    expect(ses.activeRuleSet).toBe('default-rule-set');
  });

  test('are active where theirs are already', async () => {
    await deploy('default-rule-set');
    expect(ses.activeRuleSet).toBe('default-rule-set');
  });
});

const rule = (set: string, recipient: string) => ({
  Type: 'AWS::SES::ReceiptRule',
  Properties: { RuleSetName: set, Rule: { Enabled: true, Recipients: [recipient] } },
});

describe('mail that comes in here', () => {
  test('is taken by the rules of the set that is active, and of no other', async () => {
    const assembly = assemblyWith({ A: rule('ours', 'a@x.example'), B: rule('b', 'b@x.example') });
    const deployment = deploymentOf(assembly, { queues: 'http://q', api: 'http://a' }, {});
    const mail = mailIntake(deployment, { put: async () => undefined } as unknown as Buckets);
    const taken = () => ['a@x.example', 'b@x.example'].map((each) => mail.takesMailFor(each));
    // Until SES is there.
    expect(taken()).toEqual([true, true]);
    let active: string | undefined;
    mail.follow(() => active);
    expect(taken()).toEqual([false, false]);
    active = 'ours';
    expect(taken()).toEqual([true, false]);
  });
});

describeWith(['java', 'time'], 'an account in which somebody else takes in mail', () => {
  test('has no second one started in it, and is told what to write', async () => {
    await expect(startLocalSystem({ activeRuleSet: 'default-rule-set' })).rejects.toThrow(
      /DirectTransmit-local-Mail\/\w+ was not made: Mail is taken in by .*deployment\.receiptRuleSet/,
    );
  }, 150_000);
});
