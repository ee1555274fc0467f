import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import type { PrivateBucket } from '../constructs/private-bucket.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { sendingBySes } from '../constructs/ses-sending.ts';
import { SETTINGS_FILE, type Setting } from '../constructs/setting.ts';
import type { FoundationStack } from './foundation-stack.ts';
import { outside } from './parameters.ts';

export interface CoreStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/** From a trigger to the hand-over: what is rung for. */
export class CoreStack extends Stack {
  readonly match: QueueWorker<'match-triggers'>;
  readonly send: QueueWorker<'send-transmission'>;

  constructor(scope: Construct, id: string, props: CoreStackProps) {
    super(scope, id, props);
    const resolvers = outside(this, 'Resolvers', props.deployment);
    const relayUrl = outside(this, 'RelayUrl', props.deployment);
    this.match = this.#matching(props, resolvers, relayUrl);
    this.send = this.#sending(props, resolvers, relayUrl);
  }

  #matching({ foundation, defaults }: CoreStackProps, RESOLVERS: Setting, RELAY_URL: Setting) {
    const { main, scratch, trust, dataKey: key } = foundation;
    return new QueueWorker(this, 'MatchTriggers', {
      name: 'match-triggers',
      env: {
        MAIN_TABLE: main.readingAndWriting(),
        SCRATCH_TABLE: scratch.caching(),
        TRUST_BUCKET: trust.reading(),
        SETTINGS_FILE,
        RESOLVERS,
        RELAY_URL,
      },
      // Paused addresses are looked for in DNS and LDAP, all at once: that may take half of it. So one message at a time,
      // or whoever publishes something slow would hold up what happened to others.
      timeout: Duration.seconds(60),
      key,
      defaults,
    });
  }

  #sending(
    { foundation, deployment, defaults }: CoreStackProps,
    RESOLVERS: Setting,
    relayUrl: Setting,
  ) {
    const { main, scratch, records, messages, trust, vault, dataKey: key } = foundation;
    return new QueueWorker(this, 'SendTransmission', {
      name: 'send-transmission',
      env: {
        MAIN_TABLE: main.readingAndWriting(),
        SCRATCH_TABLE: scratch.cachingAndCounting(),
        RECORDS_BUCKET: recordsFor(records, defaults),
        MESSAGES_BUCKET: messages.readingAndWriting(),
        TRUST_BUCKET: trust.reading(),
        SIGNING_SECRET: vault.readingSigningKeys(deployment.signingKeys),
        MESSAGE_ID_SECRET: vault.readingMessageIdSecret(),
        PEPPER_SECRET: vault.readingPepper(),
        SETTINGS_FILE,
        RELAY_URL: { ...relayUrl, allows: sendingBySes(deployment, defaults.settings) },
        RELAY_SECRET: vault.readingRelayCredentials(),
        RESOLVERS,
      },
      // A relay may take a minute (smtp-relay.ts), and finding, reading and packaging come before.
      timeout: Duration.seconds(120),
      // A whole processor: a copy is compressed, signed and encrypted in memory.
      memorySize: 1769,
      maxConcurrency: deployment.sendConcurrency,
      key,
      defaults,
    });
  }
}

/** What is fetched from elsewhere to be sent is kept too. */
const recordsFor = (records: PrivateBucket, { settings }: FunctionDefaults): Setting =>
  settings.recordSource.kind === 'fhir'
    ? records.readingAndPuttingInto('documents/')
    : records.reading();
