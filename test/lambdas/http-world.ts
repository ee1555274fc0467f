import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { amendmentStore } from '../../shared/adapters/dynamo/amendments.ts';
import { activityStore } from '../../shared/adapters/dynamo/activities.ts';
import { consentStore } from '../../shared/adapters/dynamo/consents.ts';
import { hearingStore } from '../../shared/adapters/dynamo/hearings.ts';
import { ledger } from '../../shared/adapters/dynamo/ledger.ts';
import { patientStore } from '../../shared/adapters/dynamo/patients.ts';
import { recordStore } from '../../shared/adapters/dynamo/records.ts';
import { rememberedStops, switchStore } from '../../shared/adapters/dynamo/switches.ts';
import { submissionStore } from '../../shared/adapters/dynamo/submissions.ts';
import { transmitRequestStore } from '../../shared/adapters/dynamo/transmit-requests.ts';
import { triggerStore } from '../../shared/adapters/dynamo/triggers.ts';
import { uploadStore } from '../../shared/adapters/dynamo/uploads.ts';
import { webhookStore } from '../../shared/adapters/dynamo/webhooks.ts';
import { windowStore } from '../../shared/adapters/dynamo/windows.ts';
import { cursorsWith } from '../../shared/cursors.ts';
import type { Principal } from '../../shared/edge/identity/principal.ts';
import {
  type DirectAddress,
  keyingWith,
  type PatientId,
  patientKeyOf,
  uploadIdOf,
} from '../../shared/ids.ts';
import { listedPlaces } from '../../shared/discover/places/listed-places.ts';
import type { Place, Places } from '../../shared/discover/places/places.ts';
import { KINDS } from '../../shared/kinds.ts';
import { jsonLog } from '../../shared/log.ts';
import { waysByHisp } from '../../shared/relay-way.ts';
import { parseSettings, type SettingsInput } from '../../shared/settings.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { makeHandler as activity } from '../../lambdas/activity/handler.ts';
import { makeHandler as addresses } from '../../lambdas/addresses/handler.ts';
import { makeHandler as apiDescription } from '../../lambdas/api-description/handler.ts';
import { makeHandler as consents } from '../../lambdas/consents/handler.ts';
import { makeHandler as findPlaces } from '../../lambdas/directory/handler.ts';
import { makeHandler as events } from '../../lambdas/events/handler.ts';
import { makeHandler as inboundMail } from '../../lambdas/inbound-mail/handler.ts';
import { makeHandler as patients } from '../../lambdas/patients/handler.ts';
import { makeHandler as records } from '../../lambdas/records/handler.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import { makeHandler as transmissions } from '../../lambdas/transmissions/handler.ts';
import { makeHandler as transmitRequests } from '../../lambdas/transmit-requests/handler.ts';
import { makeHandler as uploads } from '../../lambdas/uploads/handler.ts';
import { makeHandler as webhooks } from '../../lambdas/webhooks/handler.ts';
import { makeHandler as xdr } from '../../lambdas/xdr/handler.ts';
import { type Asking, calledBy } from './http-event.ts';
import { memoryBytes } from '../support/memory/bytes.ts';
import { memoryCache } from '../support/memory/cache.ts';
import { memoryDirectory } from '../support/memory/directory.ts';
import { memoryDoor } from '../support/memory/door.ts';
import { memoryDoorbell } from '../support/memory/doorbell.ts';
import { memoryFetch } from '../support/memory/fetch.ts';
import { memoryMailDrop } from '../support/memory/mail-drop.ts';
import { memoryMetrics } from '../support/memory/metrics.ts';
import { memoryReceivers } from '../support/memory/receivers.ts';
import { memoryTable } from '../support/memory/table.ts';
import { memoryUploads } from '../support/memory/uploads.ts';
import { cachedAuthority } from '../support/pki.ts';

/** Stands for the document, which is long. */
const DESCRIPTION = Buffer.from('{"openapi":"3.1.0","info":{}}');

export const OLD_TEXT = 'You ask Green Street Pharmacy to send a copy of your record.';
export const TEXT = 'You ask Green Street Pharmacy to send copies of your health record.';
export const SENDER = 'records@direct.greenstreet.example';

/** The data holder's own list. */
export const PLACES: readonly Place[] = [
  {
    name: 'Lee Family Practice',
    address: 'dr.lee@direct.clinic.example' as DirectAddress,
    place: 'Lakeside, OR',
    specialty: 'Family medicine',
  },
  { name: 'Lakeside Clinic', address: 'records@direct.lakeside.example' as DirectAddress },
];

/** Everybody may do all that their kind may do, unless a test takes a scope away. */
const scopesOf = (kind: string): readonly string[] =>
  ROUTES.filter(({ kinds }) => (kinds as readonly string[]).includes(kind)).flatMap(
    ({ scopes }) => scopes,
  );

const someone = (kind: Principal['kind'], ...patientIds: string[]): Principal => ({
  kind,
  subject: `${kind}-1`,
  patients: patientIds,
  scopes: scopesOf(kind),
});

export const ANA = someone('patient', 'ana');
export const BEN = someone('patient', 'ben');
export const PROVIDER = someone('provider');
export const SYSTEM = someone('system');
export const ADMIN = someone('admin');

export interface Answered {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts on it, field by field
  readonly body: any;
}

type Handler = (event: never, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** More than a test asks. */
const AMPLE = {
  requestsPerMinute: Object.fromEntries(KINDS.map((kind) => [kind, 100_000])),
  routes: {},
};

/** Settings that differ from the defaults. */
export type Differing = Partial<SettingsInput>;

/** All HTTP functions over one table in memory, and a clock that stands still until it is set. */
export async function httpWorld(differing: Differing = {}) {
  const anchor = await cachedAuthority();
  const settings = parseSettings({
    stage: 'test',
    holderName: 'Green Street Pharmacy',
    senders: [
      { address: SENDER, name: 'Green Street', organizationOid: '2.16.840.1', contact: 'Desk' },
      {
        address: 'lab@direct.greenstreet.example',
        name: 'Lab',
        organizationOid: '2.1',
        contact: 'L',
      },
    ],
    anchors: [anchor.certificatePem],
    consentTexts: [
      { language: 'en', version: '2026-01-01', text: OLD_TEXT },
      { language: 'en', version: '2026-06-01', text: TEXT },
      { language: 'es', version: '2026-06-01', text: 'Usted pide que se envíe su expediente.' },
    ],
    // The clock stands still, so that a minute never ends.
    api: AMPLE,
    ...differing,
  } satisfies SettingsInput);

  let time = new Date('2026-11-22T12:00:00.000Z');
  const table = memoryTable({ seed: 7, conflictRate: 0.1 });
  let writes = 0;
  table.onChange(() => writes++);
  const lines: string[] = [];
  const metrics = memoryMetrics();
  const keying = keyingWith('a pepper');
  const listed = listedPlaces(PLACES);
  const lists: Places[] = [listed];
  const directory = memoryDirectory();
  const web = memoryFetch();
  const receivers = memoryReceivers();
  const recordBytes = memoryBytes();
  const uploaded = memoryUploads();
  let uploadsAsked = 0;
  const postedMail = memoryBytes();
  const sendQueue: string[] = [];
  const ports = {
    patients: patientStore(table, keying),
    activities: activityStore(table),
    consents: consentStore(table),
    requests: transmitRequestStore(table),
    amendments: amendmentStore(table),
    records: recordStore(table, keying),
    keying,
    cursors: cursorsWith('a pepper'),
    triggers: triggerStore(table),
    hearings: hearingStore(table),
    metrics,
    stops: rememberedStops(switchStore(table), () => time),
    windows: windowStore(table),
    ledger: ledger(table),
    submissions: submissionStore(table),
    webhooks: webhookStore(table),
    isOpen: receivers.isOpen,
    webhookSecret: async () => 'the master secret',
    keyOf: (id: PatientId) => patientKeyOf(id, keying),
    recordBytes,
    uploads: uploadStore(table),
    signPost: uploaded.signPost,
    newUploadId: () => uploadIdOf(`random ${uploadsAsked++}`),
    drop: memoryMailDrop(postedMail),
    directory,
    places: lists,
    placeAt: (address: DirectAddress) => listed.at(address),
    fetch: web.fetch,
    cache: memoryCache(() => time),
    settings,
    goesByHisp: waysByHisp('smtps://relay.example', settings.relay),
    anchors: async () => anchorsOf(settings),
    bells: { transmission: memoryDoorbell(sendQueue) },
    door: memoryDoor(() => time, settings.api),
    now: () => time,
    log: jsonLog((line) => lines.push(line), 'test'),
  };
  const handlers: Readonly<Record<string, Handler>> = {
    activity: activity(ports),
    addresses: addresses(ports),
    'api-description': apiDescription({ ...ports, description: DESCRIPTION }),
    consents: consents(ports),
    directory: findPlaces(ports),
    events: events(ports),
    'inbound-mail': inboundMail(ports),
    patients: patients(ports),
    records: records(ports),
    transmissions: transmissions(ports),
    'transmit-requests': transmitRequests(ports),
    uploads: uploads(ports),
    webhooks: webhooks(ports),
    xdr: xdr(ports),
  };

  /** @param asked method and path, as a client writes them */
  async function ask(asked: string, asking: Asking = {}): Promise<Answered> {
    const { lambda, event } = calledBy(asked, asking);
    const context = { awsRequestId: 'request-1' } as Context;
    const result = await handlers[lambda]!(event as never, context);
    // They say of each call that it was one more: nothing that two answers could be compared by.
    const { ratelimit: _, 'ratelimit-policy': __, ...headers } = result.headers ?? {};
    return { status: result.statusCode, headers, body: bodyIn(result) };
  }

  return {
    ports,
    table,
    lists,
    directory,
    receivers,
    web,
    recordBytes,
    uploads: uploaded,
    postedMail,
    sendQueue,
    settings,
    anchor,
    ask,
    lines,
    metrics,
    writes: () => writes,
    at: (iso: string) => void (time = new Date(iso)),
  };
}

/** What is no JSON comes as bytes. */
function bodyIn({ body = '', isBase64Encoded }: APIGatewayProxyStructuredResultV2): unknown {
  if (isBase64Encoded) return Buffer.from(body, 'base64');
  return body === '' ? undefined : JSON.parse(body);
}

export type HttpWorld = Awaited<ReturnType<typeof httpWorld>>;
