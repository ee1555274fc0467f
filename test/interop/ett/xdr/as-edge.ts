import { ANA, SYSTEM } from '../../../lambdas/http-world.ts';
import { share } from '../../../lambdas/steps.ts';
import { plain, vector } from '../../../package/xdr/requests.ts';
import { validates } from '../../../package/tools.ts';
import { readyToShare } from '../../../support/one-record.ts';
import { post } from '../../xdr/edge-bench.ts';
import { fill, withPrefixDeclared } from '../../xdr/foreign-request.ts';
import { toldOf } from '../../xdr/told-request.ts';
import { elementIn, writtenRequest } from '../../xdr/written-request.ts';
import { DOCUMENT } from '../../../support/one-record.ts';
import type { EttCase } from '../bench/ett-case.ts';
import { byMutualTls } from './hisp-of-the-world.ts';

/** We post requests to a HISP, which is the tool; it says what became of them. */

const ADDRESSES = ['one', 'two', 'three'].map((local) => `${local}@direct.clinic.example`);

/** A copy to each address, handed over by XDR. */
async function handedOver(addresses: readonly string[]) {
  const path = await readyToShare({ hisp: { clients: [SYSTEM.subject] } });
  Object.assign(path.relay, { form: 'xdr', endpoint: 'https://hisp.example/xdr' });
  await share(path, {
    json: { addresses, frequency: 'once' },
    headers: { 'idempotency-key': 'k' },
  });
  await path.settle();
  return { path, requests: path.relay.taken.map(({ bytes, to }) => ({ bytes, to })) };
}

const soapOf = (bytes: Uint8Array): string => writtenRequest(bytes).soap;
const messageIdIn = (bytes: Uint8Array): string =>
  /MessageID[^>]*>([^<]+)</.exec(soapOf(bytes))?.[1] ?? '';

const REPORTS = {
  success: (soap: string) => soap,
  failure: withPrefixDeclared,
} as const;

/** The HISP reports on every copy. */
async function reported(addresses: readonly string[], said: keyof typeof REPORTS): Promise<string> {
  const { path, requests } = await handedOver(addresses);
  const template = vector(`DeliveryStatusNotification_${said}.xml`);
  for (const [at, { bytes, to }] of requests.entries()) {
    const relatesTo = messageIdIn(bytes);
    const messageId = `urn:uuid:4f1c8a5e-0000-4000-8000-00000000000${at}`;
    const report = fill(template, { from: 'hisp@other.example', to, messageId, relatesTo });
    await post(
      path,
      plain(REPORTS[said](report).replace(/(?<=<direct:relatesTo>)[^<]+/, relatesTo)),
    );
  }
  await path.settle();
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  const copies = body.transmissions as readonly { status: string; code?: string }[];
  return copies.map(({ status, code }) => [status, code].filter(Boolean).join(', ')).join('; ');
}

async function oneRequest(): Promise<string> {
  const [request] = (await handedOver(ADDRESSES.slice(0, 1))).requests;
  const bytes = request?.bytes ?? new Uint8Array();
  const metadata = validates('metadata', elementIn(soapOf(bytes), 'SubmitObjectsRequest'));
  return `${toldOf(bytes)}; metadata ${metadata}`;
}

async function ids(): Promise<string> {
  const { requests } = await handedOver(ADDRESSES);
  const different = new Set(requests.map(({ bytes }) => messageIdIn(bytes)));
  return `${requests.length} requests, ${different.size} ids`;
}

async function wishes(): Promise<string> {
  const { requests } = await handedOver(ADDRESSES);
  const wish = /X-DIRECT-FINAL-DESTINATION-DELIVERY>([^<]*)</;
  return requests.map(({ bytes }) => wish.exec(soapOf(bytes))?.[1] ?? 'none').join(', ');
}

const GIVEN_UP = 'failed, notification/hisp-failed';
const thrice = (end: string): string => Array.from({ length: 3 }, () => end).join('; ');

export const AS_EDGE: readonly EttCase[] = [
  {
    id: 'XDR Test 2',
    about: 'a request with full metadata',
    expected: `XDS: text/xml of ${DOCUMENT.length} bytes from records@direct.greenstreet.example to one@direct.clinic.example, final delivery wanted; metadata good`,
    run: oneRequest,
  },
  ...['XDR Test 6', 'XDR Test 16'].map((id) => ({
    id,
    about: 'we show our certificate to a server that proves its own',
    expected: 'sent; 1 heard, 1 with our certificate',
    run: () => byMutualTls('one that we believe'),
  })),
  ...['XDR Test 7', 'XDR Test 17'].map((id) => ({
    id,
    about: 'we say nothing to a server whose certificate is bad',
    expected: 'waiting; 0 heard, 0 with our certificate',
    run: () => byMutualTls('another'),
  })),
  ...['XDR MT Test 19', 'XDR MT Test 48'].map((id) => ({
    id,
    about: 'three requests have three ids',
    expected: '3 requests, 3 ids',
    run: ids,
  })),
  {
    id: 'XDR MT Test 49',
    about: 'every request asks for the final notice',
    expected: 'true, true, true',
    run: wishes,
  },
  {
    id: 'XDR MT Test 20a',
    about: 'the HISP says that it delivered',
    expected: 'delivered',
    run: () => reported(ADDRESSES.slice(0, 1), 'success'),
  },
  {
    id: 'XDR MT Test 20b',
    about: 'the HISP says that it could not',
    expected: GIVEN_UP,
    run: () => reported(ADDRESSES.slice(0, 1), 'failure'),
  },
  {
    id: 'XDR MT Test 50a',
    about: 'the HISP delivered to several',
    expected: thrice('delivered'),
    run: () => reported(ADDRESSES, 'success'),
  },
  {
    id: 'XDR MT Test 50b',
    about: 'the HISP could deliver to none of several',
    expected: thrice(GIVEN_UP),
    run: () => reported(ADDRESSES, 'failure'),
  },
];
