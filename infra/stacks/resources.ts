import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type FunctionDefaults, HandlerFunction } from '../constructs/handler-function.ts';
import type { PrivateBucket } from '../constructs/private-bucket.ts';
import { plain, PLACES_FILE, SETTINGS_FILE, type Setting } from '../constructs/setting.ts';
import type { EnvironmentOf, FunctionName } from '../functions.ts';
import type { ApiStackProps } from './api-stack.ts';

/** Makes functions that somebody waits for: none takes longer than the gateway does. */
export const answering =
  (scope: Construct, defaults: FunctionDefaults) =>
  <Name extends FunctionName>(
    id: string,
    name: Name,
    env: EnvironmentOf<Name>,
    more: { readonly memorySize?: number } = {},
  ) => {
    const timeout = Duration.seconds(20);
    return new HandlerFunction(scope, id, { name, env, timeout, defaults, ...more }).function;
  };

/** For what reads and checks some megabytes of XML in base64 while somebody waits. */
const WHOLE_PROCESSOR = { memorySize: 1769 };

const submissionsIn = (records: PrivateBucket): Setting => records.puttingInto('submissions/');

/** The functions of the HTTP API, one a resource, each with what it may reach. */
export function resourcesOf(
  scope: Construct,
  { foundation, core, mail, upload, defaults }: ApiStackProps,
  { RESOLVERS, RELAY_URL }: Readonly<Record<'RESOLVERS' | 'RELAY_URL', Setting>>,
) {
  const { main, scratch, records, trust, vault } = foundation;
  const on = answering(scope, defaults);
  const PEPPER_SECRET = vault.readingPepper();
  const MAIN_TABLE = main.readingAndWriting();
  const SCRATCH_TABLE = scratch.atTheDoor();
  const caching = { SCRATCH_TABLE: scratch.cachingAndCounting() };
  const looking = { ...caching, TRUST_BUCKET: trust.reading(), RESOLVERS, RELAY_URL };
  const door = { SCRATCH_TABLE, SETTINGS_FILE };
  const wantsToken = defaults.settings.directory.fhir?.token !== undefined;
  const viewing = { MAIN_TABLE: main.readingPatients(), PEPPER_SECRET };
  const taking = { MAIN_TABLE, PEPPER_SECRET, ...door };
  return {
    activity: on('Activity', 'activity', { ...viewing, ...door }),
    addresses: on('Addresses', 'addresses', { SETTINGS_FILE, ...looking }),
    'api-description': on('ApiDescription', 'api-description', {}),
    consents: on('Consents', 'consents', taking),
    directory: on('Directory', 'directory', {
      ...viewing,
      ...door,
      PLACES_FILE,
      RESOLVERS,
      RELAY_SECRET: wantsToken ? vault.readingRelayCredentials() : plain('none'),
    }),
    events: on('Events', 'events', taking),
    'inbound-mail': on('InboundMail', 'inbound-mail', {
      MAIL_BUCKET: mail.mail.bringing(),
      ...door,
    }),
    patients: on('Patients', 'patients', taking),
    records: on('Records', 'records', {
      ...taking,
      RECORDS_BUCKET: records.puttingInto('documents/'),
    }),
    transmissions: on('Transmissions', 'transmissions', {
      ...taking,
      SEND_QUEUE_URL: core.send.ringing(),
    }),
    'transmit-requests': on('TransmitRequests', 'transmit-requests', { ...taking, ...looking }),
    uploads: on('Uploads', 'uploads', { ...taking, ...upload.signing() }),
    webhooks: on('Webhooks', 'webhooks', {
      MAIN_TABLE,
      WEBHOOK_SECRET: vault.readingWebhookSecret(),
      ...door,
      RESOLVERS,
    }),
    xdr: on(
      'Xdr',
      'xdr',
      { ...taking, RELAY_URL, RECORDS_BUCKET: submissionsIn(records) },
      WHOLE_PROCESSOR,
    ),
  };
}
