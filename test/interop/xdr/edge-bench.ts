import { xdrEntity } from '../../../shared/package/xdr/entity.ts';
import { readAttachedXdm } from '../../../shared/secure/attached-package.ts';
import { SENDER, SYSTEM, type Answered, type Differing } from '../../lambdas/http-world.ts';
import { consent, MRN, register, share } from '../../lambdas/steps.ts';
import { vector } from '../../package/xdr/requests.ts';
import { discharge, readyToShare, transmission } from '../../support/one-record.ts';
import { RECIPIENT, wholePath, type WholePath } from '../../support/whole-path.ts';
import { fill, ofPatient, withHash } from './foreign-request.ts';
import { writtenRequest } from './written-request.ts';

/** By which the samples know their patient. */
const SAMPLE_ID = { system: '2.16.840.1.113883.4.6', value: '1' };
/** MessageID of the samples, filled in. */
export const SAMPLE_MESSAGE = 'urn:uuid:4f1c8a5e-0000-4000-8000-000000000001';

/** The patient of the tests, whom the samples know too. */
export const knownToSamples = (path: WholePath): Promise<Answered> =>
  register(path, 'ana', { identifiers: [MRN, SAMPLE_ID] });

/** What they asked for: that copies go to these. */
export async function asks(path: WholePath, addresses: readonly string[]): Promise<void> {
  const { status } = await share(path, {
    json: { addresses, frequency: 'on-update', sendNow: false },
  });
  if (status !== 201) throw new Error(`The request was answered ${status}`);
  await path.settle();
}

/** A patient who has asked that copies go to somebody, and whom the samples know too. */
export async function askedFor(
  addresses: readonly string[] = [RECIPIENT],
  differing: Differing = {},
): Promise<WholePath> {
  const path = await wholePath(differing);
  await knownToSamples(path);
  await consent(path);
  if (addresses.length > 0) await asks(path, addresses);
  return path;
}

/** A sample with our addresses, our number of the patient, and a hash that is right. */
export function ourSample(
  file: string,
  to: string = RECIPIENT,
  messageId = SAMPLE_MESSAGE,
): string {
  return withHash(ofPatient(fill(vector(file), { from: SENDER, to, messageId }), MRN));
}

/** Posts a request as another system does. */
export function post(path: WholePath, entity: Uint8Array): Promise<Answered> {
  const bytes = Buffer.from(entity);
  const end = bytes.indexOf('\r\n\r\n');
  const type = bytes.toString('latin1', 'Content-Type: '.length, end);
  return path.ask('POST /v1/xdr', {
    as: SYSTEM,
    bytes: bytes.subarray(end + 4),
    headers: { 'content-type': type },
  });
}

/** A capture of a whole HTTP request: what stands behind `content-type`, and the body. */
export function capture(text: string): Uint8Array {
  const [, type = ''] = /^content-type: (.*)$/im.exec(text) ?? [];
  return xdrEntity(type.trim(), Buffer.from(text.slice(text.indexOf('\n\n') + 2)));
}

/** The status of an answer, and whether it is `Success`, or the code that it names. */
export function saidIn({ status, body }: Answered): string {
  const text = Buffer.from(body as Uint8Array).toString();
  if (text.includes('ResponseStatusType:Success')) return `${status}, Success`;
  const [, code = 'nothing'] =
    /(?:codeContext="|<env:Text xml:lang="en">)([^:]+):/.exec(text) ?? [];
  return `${status}, ${code}`;
}

/** How the only copy ended. */
export async function endOf(path: WholePath): Promise<string> {
  const { status, code } = await transmission(path);
  return code === undefined ? status : `${status}, ${code}`;
}

/** Whether the message that its partner opens holds this document, byte for byte, and as its metadata describes it. */
export function holds(
  {
    path: { relay },
    partner,
  }: { readonly path: WholePath; readonly partner: WholePath['partner'] },
  document: Uint8Array,
): boolean {
  const [envelope] = relay.taken;
  const read = envelope && readAttachedXdm(partner.open(envelope).innerEntity);
  if (!read?.ok || read.value.problems.length > 0) return false;
  const { documents } = read.value;
  return documents.length === 1 && Buffer.compare(documents[0]!.bytes, document) === 0;
}

/** A copy that somebody else's HISP was given by XDR, and the MessageID of the request. */
export async function copyAtHisp() {
  const path = await readyToShare({ hisp: { clients: [SYSTEM.subject] } });
  Object.assign(path.relay, { form: 'xdr', endpoint: 'https://hisp.example/xdr' });
  await discharge(path);
  const [envelope] = path.relay.taken;
  if (!envelope) throw new Error('Nothing was sent');
  const { soap } = writtenRequest(envelope.bytes);
  const [, messageId = ''] = /MessageID[^>]*>([^<]+)</.exec(soap) ?? [];
  return { path, request: envelope.bytes, messageId };
}
