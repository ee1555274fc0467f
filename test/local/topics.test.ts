import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { deploymentOf } from '../../infra/local/assembly/deployment.ts';
import { Template } from '../../infra/local/assembly/template.ts';
import { createTopics } from '../../infra/local/engines/topics.ts';

let engine: FauxqsServer;
beforeAll(async () => {
  engine = await startFauxqs({ port: 0, logger: false });
  engine.createQueue('heard');
});
afterAll(() => engine.stop());

const subscribed = (Protocol: string, Endpoint: string) => {
  const template = Template.parse({
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
      Subscription: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'Topic' }, Protocol, Endpoint, RawMessageDelivery: true },
      },
    },
  });
  const stacks = [{ name: 'Here', assetFolders: new Map(), template }];
  return deploymentOf({ stacks }, { queues: 'http://q', api: 'http://a' }, {});
};
const told = (): number => {
  engine.publish('news', 'something');
  return engine.inspectQueue('heard')?.messages.ready.length ?? 0;
};

test('a person who subscribed by mail is sent nothing, and keeps nothing from starting', () => {
  createTopics(subscribed('email', 'ops@holder.example'), engine);
  expect(told()).toBe(0);
});

test('a queue is sent what the topic is told', () => {
  createTopics(subscribed('sqs', 'arn:aws:sqs:us-east-1:000000000000:heard'), engine);
  expect(told()).toBe(1);
});

test('of any other subscriber it is said that the local system does not know it', () => {
  expect(() => createTopics(subscribed('https', 'https://x.example'), engine)).toThrow(
    'the local system knows no other subscribers',
  );
});
