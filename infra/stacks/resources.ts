import type { Construct } from 'constructs';
import { plain, PLACES_FILE, SETTINGS_FILE, type Setting } from '../constructs/setting.ts';
import { answering } from './answering.ts';
import type { ApiStackProps } from './api-stack.ts';
import type { FoundationStack } from './foundation-stack.ts';

/** For what reads and checks some megabytes of XML in base64 while somebody waits. */
const WHOLE_PROCESSOR = { memorySize: 1769 };

type Outside = Readonly<Record<'RESOLVERS' | 'RELAY_URL', Setting>>;

/** What functions have in common: the door, who takes something about a patient, who only shows it, who asks servers. */
function sharedSettings({ main, scratch, trust, vault }: FoundationStack, outer: Outside) {
  const PEPPER_SECRET = vault.readingPepper();
  const door = { SCRATCH_TABLE: scratch.countingCalls(), SETTINGS_FILE };
  return {
    door,
    /** Where a call has an Idempotency-Key. */
    keyed: { SCRATCH_TABLE: scratch.countingAndKeepingCalls() },
    taking: { MAIN_TABLE: main.readingAndWriting(), PEPPER_SECRET, ...door },
    viewing: { MAIN_TABLE: main.readingPatients(), PEPPER_SECRET, ...door },
    looking: {
      SCRATCH_TABLE: scratch.cachingAndCounting(),
      TRUST_BUCKET: trust.reading(),
      SETTINGS_FILE,
      ...outer,
    },
  };
}

type Settings = ReturnType<typeof sharedSettings>;
type On = ReturnType<typeof answering>;

/** The functions of the HTTP API, one a resource, each with what it may reach. */
export function resourcesOf(scope: Construct, props: ApiStackProps, outer: Outside) {
  const on = answering(scope, props.defaults);
  const settings = sharedSettings(props.foundation, outer);
  return {
    ...forPeople(on, settings, props, outer),
    ...forSystems(on, settings, props, outer),
    'api-description': on('ApiDescription', 'api-description', {}),
  };
}

/** What portals call. */
function forPeople(
  on: On,
  { taking, viewing, looking, keyed }: Settings,
  { foundation: { vault }, core, defaults }: ApiStackProps,
  { RESOLVERS }: Outside,
) {
  const wantsToken = defaults.settings.directory.fhir?.token !== undefined;
  const RELAY_SECRET = wantsToken ? vault.readingRelayCredentials() : plain('none');
  return {
    activity: on('Activity', 'activity', viewing),
    addresses: on('Addresses', 'addresses', looking),
    consents: on('Consents', 'consents', { ...taking, ...keyed }),
    directory: on('Directory', 'directory', { ...viewing, PLACES_FILE, RESOLVERS, RELAY_SECRET }),
    transmissions: on('Transmissions', 'transmissions', {
      ...taking,
      ...keyed,
      SEND_QUEUE_URL: core.send.ringing(),
    }),
    'transmit-requests': on('TransmitRequests', 'transmit-requests', { ...taking, ...looking }),
  };
}

/** What the data holder's systems call. */
function forSystems(
  on: On,
  { door, taking, keyed }: Settings,
  { foundation: { main, records, vault }, mail, upload }: ApiStackProps,
  { RESOLVERS, RELAY_URL }: Outside,
) {
  const submissions = { RELAY_URL, RECORDS_BUCKET: records.puttingInto('submissions/') };
  return {
    events: on('Events', 'events', taking),
    'inbound-mail': on('InboundMail', 'inbound-mail', {
      MAIL_BUCKET: mail.mail.bringing(),
      ...door,
    }),
    patients: on('Patients', 'patients', { ...taking, ...keyed }),
    records: on('Records', 'records', {
      ...taking,
      RECORDS_BUCKET: records.puttingInto('documents/'),
    }),
    uploads: on('Uploads', 'uploads', { ...taking, ...upload.signing() }),
    webhooks: on('Webhooks', 'webhooks', {
      MAIN_TABLE: main.readingAndWriting(),
      WEBHOOK_SECRET: vault.readingWebhookSecret(),
      ...door,
      ...keyed,
      RESOLVERS,
    }),
    xdr: on('Xdr', 'xdr', { ...taking, ...submissions }, WHOLE_PROCESSOR),
  };
}
