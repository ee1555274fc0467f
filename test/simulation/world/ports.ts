import { auditIn } from '../../../shared/adapters/audit/audit.ts';
import { dueIndex } from '../../../shared/adapters/dynamo/due-index.ts';
import { activityStore } from '../../../shared/adapters/dynamo/activities.ts';
import { answerStore } from '../../../shared/adapters/dynamo/answers.ts';
import { amendmentStore } from '../../../shared/adapters/dynamo/amendments.ts';
import { consentStore } from '../../../shared/adapters/dynamo/consents.ts';
import { deliveryStore } from '../../../shared/adapters/dynamo/deliveries.ts';
import { domainStore } from '../../../shared/adapters/dynamo/domains.ts';
import { switchStore } from '../../../shared/adapters/dynamo/switches.ts';
import type { SwitchName } from '../../../shared/switches.ts';
import { hearingStore } from '../../../shared/adapters/dynamo/hearings.ts';
import { ledger } from '../../../shared/adapters/dynamo/ledger.ts';
import { patientStore } from '../../../shared/adapters/dynamo/patients.ts';
import { recordStore } from '../../../shared/adapters/dynamo/records.ts';
import { happeningIn } from '../../../shared/adapters/dynamo/stream-image.ts';
import type { RawTable, Table } from '../../../shared/adapters/dynamo/table.ts';
import { transmitRequestStore } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import { triggerStore } from '../../../shared/adapters/dynamo/triggers.ts';
import { webhookStore } from '../../../shared/adapters/dynamo/webhooks.ts';
import { windowStore } from '../../../shared/adapters/dynamo/windows.ts';
import { cursorsWith } from '../../../shared/cursors.ts';
import type { CircuitStore } from '../../../shared/deliver/circuit.ts';
import type { RateCounter } from '../../../shared/deliver/rate.ts';
import type { Relay } from '../../../shared/deliver/relay.ts';
import type { Cache } from '../../../shared/discover/cache.ts';
import type { Door } from '../../../shared/door.ts';
import type { Directory } from '../../../shared/discover/directory.ts';
import type { Fetch } from '../../../shared/discover/fetch.ts';
import { keyingWith, type PatientId, patientKeyOf } from '../../../shared/ids.ts';
import { jsonLog } from '../../../shared/log.ts';
import type { AnswerCounter } from '../../../shared/notification/letter/answer.ts';
import type { MailDrop } from '../../../shared/notification/mail-drop.ts';
import { fail } from '../../../shared/outcome.ts';
import type { BytesStore } from '../../../shared/record/store.ts';
import type { Bus } from '../../../shared/report/bus.ts';
import type { WebhookPost } from '../../../shared/report/webhook/post.ts';
import { waysByHisp } from '../../../shared/relay-way.ts';
import { uploadedRecord } from '../../../shared/record/source/refresh.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Doorbell } from '../../../shared/trigger/doorbell.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import { memoryKeys } from '../../support/memory/keys.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { memorySubmitters } from '../../support/memory/submitters.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Environment, Kernel } from '../kernel/environment.ts';
import { gated, gatedTable, RULES } from './gated.ts';
import { SENDER, type Identities } from './identities.ts';

/** What there is in the world beside the workers; all of them share it. */
export interface Shared {
  readonly table: RawTable;
  readonly auditTable: RawTable;
  readonly recordBytes: BytesStore;
  readonly messages: BytesStore;
  readonly mail: BytesStore;
  readonly kept: MailDrop;
  readonly answerCounter: AnswerCounter;
  readonly door: Door;
  readonly directory: Directory;
  readonly cache: Cache;
  readonly relay: Relay;
  readonly rate: RateCounter;
  readonly circuit: CircuitStore;
  readonly bus: Bus;
  readonly webhookPost: WebhookPost;
  readonly bells: Readonly<Record<'trigger' | 'transmission' | 'delivery' | 'answer', Doorbell>>;
  readonly settings: Settings;
  readonly anchors: () => Promise<readonly Certificate[]>;
  readonly identities: Identities;
}

const SECRET = 'a secret that is long enough for whoever derives others of it';

export const KEYING = keyingWith('a pepper');

/** Nobody's certificate names a server that would have to be asked. */
const NOTHING_TO_FETCH: Fetch = async () => ({ kind: 'failed', fault: 'refused' });

const storesIn = (table: Table) => ({
  patients: patientStore(table, KEYING),
  consents: consentStore(table),
  requests: transmitRequestStore(table),
  amendments: amendmentStore(table),
  records: recordStore(table, KEYING),
  triggers: triggerStore(table),
  hearings: hearingStore(table),
  stops: { stopOf: (name: SwitchName) => switchStore(table).read(name) },
  windows: windowStore(table),
  domains: domainStore(table),
  webhooks: webhookStore(table),
  activities: activityStore(table),
  deliveries: deliveryStore(table),
  answers: answerStore(table),
  ledger: ledger(table),
  dueIndex: dueIndex(table),
});

/** What one worker has of the world: the real stores over a table, and every port, each call of which may go wrong. */
export function portsOf(
  environment: Environment,
  { table, settings, identities, ...shared }: Shared,
  { timeline, trace }: Kernel,
  chance: Chance,
) {
  const own = <Port extends object>(name: string, port: Port, rules: keyof typeof RULES): Port =>
    gated(environment, name, port, RULES[rules]);
  const keys = memoryKeys([{ address: SENDER, identity: identities.holder }]);
  const bells = {
    trigger: own('bell of triggers', shared.bells.trigger, 'writes'),
    transmission: own('bell of transmissions', shared.bells.transmission, 'writes'),
    delivery: own('bell of deliveries', shared.bells.delivery, 'writes'),
    answer: own('bell of answers', shared.bells.answer, 'writes'),
  };
  // Nobody in this world sends by XDR.
  const { postXdr, circuitOf } = memorySubmitters();
  let owners = 0;
  return {
    ...storesIn(gatedTable(environment, table, chance)),
    keying: KEYING,
    cursors: cursorsWith('a pepper'),
    keyOf: (id: PatientId) => patientKeyOf(id, KEYING),
    recordBytes: own('recordBytes', shared.recordBytes, 'writes'),
    refreshRecord: uploadedRecord,
    messages: own('messages', shared.messages, 'writes'),
    mail: own('mail', shared.mail, 'reads'),
    kept: own('kept', shared.kept, 'writes'),
    door: {
      ...shared.door,
      keys: gated(environment, 'keys of calls', shared.door.keys, {
        ...RULES.writes,
        failed: () => ({ kind: 'unknown' }),
      }),
      counter: gated(environment, 'counter of calls', shared.door.counter, {
        ...RULES.writes,
        failed: () => 'unknown',
      }),
    },
    answerCounter: own('answer counter', shared.answerCounter, 'only'),
    directory: gated(environment, 'directory', shared.directory, {
      ...RULES.reads,
      failed: () => fail('discover/unreachable'),
    }),
    cache: gated(environment, 'cache', shared.cache, { ...RULES.reads, failed: () => undefined }),
    relay: gated(environment, 'relay', shared.relay, {
      ...RULES.writes,
      failed: () => fail('deliver/unanswered'),
    }),
    keys: own('keys', keys, 'reads'),
    bells,
    bell: bells.trigger,
    rate: gated(environment, 'rate', shared.rate, { ...RULES.reads, failed: () => true }),
    circuit: gated(environment, 'circuit', shared.circuit, RULES.only),
    audit: auditIn(gatedTable(environment, shared.auditTable, chance)),
    bus: own('bus', shared.bus, 'writes'),
    ...own('webhook', shared.webhookPost, 'only'),
    postXdr,
    circuitOf,
    webhookSecret: () => environment.call('webhookSecret', async () => SECRET, RULES.reads),
    chance: chance.fraction,
    random: chance.fraction,
    wait: (seconds: number) => environment.pause(1000 * seconds),
    metrics: memoryMetrics(),
    happeningIn,
    fetch: NOTHING_TO_FETCH,
    anchors: shared.anchors,
    messageIdSecret: () => environment.call('messageIdSecret', async () => SECRET, RULES.reads),
    newOwner: () => `${environment.name}-${(owners += 1)}`,
    settings,
    goesByHisp: waysByHisp('smtps://relay.example', settings.relay),
    now: timeline.now,
    log: jsonLog((line) => trace(environment.name, line), 'test'),
  };
}

export type Ports = ReturnType<typeof portsOf>;
