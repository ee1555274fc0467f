import type { FauxqsServer } from 'fauxqs';
import * as z from 'zod';
import type { Deployment } from '../../assembly/deployment.ts';
import type { SesEventKind } from './ses-events.ts';

/** Tells the topics of a configuration set what became of a mail. */
export type TellEvent = (kind: SesEventKind, event: object) => void;

/** The configuration sets of the template, by name. */
export type ConfigurationSets = ReadonlyMap<string, TellEvent>;

const ConfigurationSet = z.object({ Name: z.string() });

const EventDestination = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(false),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.object({ TopicARN: z.string() }),
  }),
});

/** Sets with the topics that the template has them publish to; what an event destination does not list it is not told. */
export function configurationSetsOf(
  deployment: Deployment,
  topics: Pick<FauxqsServer, 'publish'>,
): ConfigurationSets {
  const destinations = deployment
    .resources('AWS::SES::ConfigurationSetEventDestination', EventDestination)
    .map(({ properties }) => properties)
    .filter(({ EventDestination: { Enabled } }) => Enabled);
  const tellerOf =
    (name: string): TellEvent =>
    (kind, event) => {
      for (const { ConfigurationSetName: set, EventDestination: destination } of destinations) {
        if (set !== name || !destination.MatchingEventTypes.includes(kind)) continue;
        const topic = destination.SnsDestination.TopicARN.split(':').at(-1) ?? '';
        topics.publish(topic, JSON.stringify(event));
      }
    };
  return new Map(
    deployment
      .resources('AWS::SES::ConfigurationSet', ConfigurationSet)
      .map(({ properties: { Name: name } }) => [name, tellerOf(name)]),
  );
}
