import { asMtom, mtom, plain, vector } from '../../package/xdr/requests.ts';
import { RECIPIENT } from '../../support/whole-path.ts';
import { sampleCcda } from '../../support/ccda.ts';
import type { ToldCase } from '../conformance/told-case.ts';
import {
  askedFor,
  capture,
  copyAtHisp,
  endOf,
  holds,
  ourSample,
  post,
  saidIn,
} from './edge-bench.ts';
import { documentIn, fill, withPrefixDeclared } from './foreign-request.ts';

const FULL = 'Xdr_full_metadata.xml';
const SUCCESS = 'DeliveryStatusNotification_success.xml';
const FAILURE = 'DeliveryStatusNotification_failure.xml';

const FORMS = {
  'plain SOAP': (soap: string) => plain(soap),
  MTOM: (soap: string) => mtom(asMtom(soap)),
} as const;

type Form = keyof typeof FORMS;

/** A sample comes in by XDR, leaves as a Direct message, and is answered. */
async function throughUs(file: string, form: Form): Promise<string> {
  const path = await askedFor();
  const soap = ourSample(file);
  const said = saidIn(await post(path, FORMS[form](soap)));
  await path.settle();
  const whole = holds({ path, partner: path.partner }, documentIn(soap))
    ? 'the document'
    : 'something else';
  await path.answer(['processed', 'dispatched']);
  return `${said}; ${whole}; ${await endOf(path)}`;
}

/** What is answered to a request, and how many copies leave. */
async function posted(
  entities: readonly Uint8Array[],
  addresses: readonly string[] = [RECIPIENT],
): Promise<string> {
  const path = await askedFor(addresses);
  const said: string[] = [];
  for (const entity of entities) said.push(saidIn(await post(path, entity)));
  await path.settle();
  return `${said.join('; ')}; ${path.relay.taken.length} sent`;
}

/** The other HISP says by XDR what became of a copy. */
async function reported(reportAbout: (messageId: string) => string): Promise<string> {
  const { path, messageId } = await copyAtHisp();
  const before = await endOf(path);
  const said = saidIn(await post(path, plain(reportAbout(messageId))));
  await path.settle();
  return `${before}; ${said}; ${await endOf(path)}`;
}

const about = (file: string) => (relatesTo: string) =>
  fill(vector(file), {
    from: 'hisp@other.example',
    to: RECIPIENT,
    messageId: 'urn:uuid:4f1c8a5e-0000-4000-8000-000000000002',
    relatesTo,
  }).replace(/(?<=<direct:relatesTo>)[^<]+/, relatesTo);

/** What we give to another HISP, taken in by ourselves. */
async function oursToUs(): Promise<string> {
  const { request } = await copyAtHisp();
  const path = await askedFor();
  const said = saidIn(await post(path, request));
  await path.settle();
  const whole = holds({ path, partner: path.partner }, sampleCcda())
    ? 'the document'
    : 'something else';
  await path.answer(['processed', 'dispatched']);
  return `${said}; ${whole}; ${await endOf(path)}`;
}

const named = (id: string, expected: string, run: ToldCase['run']): ToldCase => ({
  id,
  about: id,
  expected,
  run,
});

const forms = Object.keys(FORMS) as readonly Form[];

/** From the request to the end of the copy, on the handlers themselves. */
export const WHOLE_CASES: readonly ToldCase[] = [
  ...[FULL, 'Xdr_minimal_metadata.xml'].flatMap((file) =>
    forms.map((form) =>
      named(`${file}, as ${form}`, '200, Success; the document; delivered', () =>
        throughUs(file, form),
      ),
    ),
  ),
  named('our own request to others, sent to us', '200, Success; the document; delivered', oursToUs),
  ...['sample_request.txt', 'xdr_full_metadata_sample_request.txt'].map((file) =>
    named(`${file}, posted`, '400, package/bad-multipart; 0 sent', () =>
      posted([capture(vector(file))]),
    ),
  ),
  named(`${FULL}, posted twice`, '200, Success; 200, Success; 1 sent', () =>
    posted([plain(ourSample(FULL)), plain(ourSample(FULL))]),
  ),
  named(
    `${FULL}, and another under its MessageID`,
    '200, Success; 200, package/message-id-reused; 1 sent',
    () => posted([plain(ourSample(FULL)), plain(ourSample('Xdr_minimal_metadata.xml'))]),
  ),
  named(`${FULL}, when nobody has asked`, '200, transmit-request/none; 0 sent', () =>
    posted([plain(ourSample(FULL))], []),
  ),
  named(`${FULL}, to somebody else`, '200, transmit-request/none; 0 sent', () =>
    posted([plain(ourSample(FULL, 'dr.no@direct.clinic.example'))]),
  ),
  named(`${SUCCESS}, about a copy of ours`, 'sent; 200, Success; delivered', () =>
    reported(about(SUCCESS)),
  ),
  named(`${FAILURE}, about a copy of ours, as it lies`, 'sent; 400, package/bad-soap; sent', () =>
    reported(about(FAILURE)),
  ),
  named(
    `${FAILURE}, about a copy of ours, with its prefix declared`,
    'sent; 200, Success; failed, notification/hisp-failed',
    () => reported((messageId) => withPrefixDeclared(about(FAILURE)(messageId))),
  ),
  named(`${SUCCESS}, about nothing of ours`, 'sent; 200, notification/unknown-message; sent', () =>
    reported(() => about(SUCCESS)('mid:nothing@direct.greenstreet.example')),
  ),
];
