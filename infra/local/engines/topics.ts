import type { FauxqsServer } from 'fauxqs';
import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';

const Topic = z.object({});

const Subscription = z.object({
  TopicArn: z.string(),
  Protocol: z.enum(['sqs', 'email'], 'the local system knows no other subscribers'),
  Endpoint: z.string(),
  RawMessageDelivery: z.boolean().default(false),
});

/** Creates the topics of the template and subscribes its queues, which are there already; people are sent nothing. */
export function createTopics(deployment: Deployment, engine: FauxqsServer): void {
  for (const { attributes } of deployment.resources('AWS::SNS::Topic', Topic)) {
    engine.createTopic(String(attributes['TopicName']));
  }
  const subscriptions = deployment.resources('AWS::SNS::Subscription', Subscription);
  for (const { properties } of subscriptions) {
    if (properties.Protocol === 'email') continue;
    engine.subscribe({
      topic: nameIn(properties.TopicArn),
      queue: nameIn(properties.Endpoint),
      attributes: { RawMessageDelivery: String(properties.RawMessageDelivery) },
    });
  }
}

/** Of a topic or a queue: the last part of its ARN. */
const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
