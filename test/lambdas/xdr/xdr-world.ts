import { decodeBody } from '../../../shared/secure/mime.ts';
import { type Asking } from '../http-event.ts';
import { ANA, type Answered, type Differing, SENDER, SYSTEM } from '../http-world.ts';
import { consented, MRN, share } from '../steps.ts';
import { RECIPIENT, wholePath, type WholePath } from '../../support/whole-path.ts';
import {
  filledRequest,
  posted,
  saidBy,
  type SoapForm,
  type XdrFilling,
  type XdrSaid,
} from '../../support/xdr-post.ts';

export const FULL = 'Xdr_full_metadata.xml';
export const MINIMAL = 'Xdr_minimal_metadata.xml';
export const MESSAGE_ID = 'urn:uuid:066956f1-5b37-45df-9997-40f8e71d05b3';

/** A patient who has consented; without a record, and without a request. */
export async function xdrWorld(differing: Differing = {}): Promise<WholePath> {
  const path = await wholePath(differing);
  await consented(path);
  return path;
}

/** The same, who has asked that what comes goes to the recipient. */
export async function askedWorld(differing: Differing = {}): Promise<WholePath> {
  const path = await xdrWorld(differing);
  await ask(path);
  return path;
}

let asked = 0;

export async function ask(path: WholePath, json: object = {}): Promise<string> {
  const { status, body } = await share(path, {
    json: { addresses: [RECIPIENT], frequency: 'on-update', sendNow: false, ...json },
    headers: { 'idempotency-key': `asked-${asked++}` },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

export interface Posting extends Partial<XdrFilling> {
  readonly name?: string;
  readonly form?: SoapForm;
  readonly as?: Asking['as'];
}

/** What somebody posts who knows nothing of us but the address. */
export async function post(path: WholePath, posting: Posting = {}): Promise<XdrSaid> {
  const { name = FULL, form = 'MTOM', as = SYSTEM, ...filling } = posting;
  const soap = filledRequest(name, {
    from: SENDER,
    to: [RECIPIENT],
    messageId: MESSAGE_ID,
    patient: MRN,
    ...filling,
  });
  const { type, body } = posted(soap, form);
  return postBytes(path, type, body, as);
}

export async function postBytes(
  path: WholePath,
  type: string,
  bytes: Uint8Array,
  as: Asking['as'] = SYSTEM,
): Promise<XdrSaid> {
  const answered = await path.ask('POST /v1/xdr', {
    ...(as && { as }),
    bytes,
    headers: { 'content-type': type },
  });
  const { status, headers, body } = answered;
  const content = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  return saidBy(status, String(headers['content-type']), content);
}

/** How a RegistryResponse says that it was taken. */
export const TAKEN = { status: 200, outcome: 'Success', as: 'RegistryResponse' } as const;

/** How it says that it was not. */
export const refusal = (outcome: string): Partial<XdrSaid> => ({
  status: 200,
  outcome,
  as: 'RegistryResponse',
});

export async function copies(
  path: WholePath,
): Promise<readonly { readonly id: string; readonly address: string }[]> {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  return body.transmissions;
}

/** The only copy there is, as the API shows it. */
export async function onlyCopy(path: WholePath): Promise<Answered['body']> {
  const [copy, ...others] = await copies(path);
  if (others.length > 0) throw new Error('There is more than one copy');
  return (await path.ask(`GET /v1/transmissions/${copy?.id}`, { as: ANA })).body;
}

export const requests = async (path: WholePath): Promise<Answered['body']> =>
  (await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA })).body.transmitRequests;

export const revokeAll = (path: WholePath): Promise<Answered> =>
  path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });

/** The package that the partner finds in the first copy. */
export function zipSent(path: WholePath): Uint8Array {
  const { innerEntity } = path.partner.open(path.relay.taken[0]!);
  const zip = decodeBody(innerEntity.parts[1]!);
  if (!zip.ok) throw new Error(zip.failure.code);
  return zip.value;
}
