import { requestOf } from '../../../../shared/adapters/xdr/entity.ts';
import { readRegistryAnswer } from '../../../../shared/package/xdr/answer.ts';

/** The way back to the customer: its API, and a token for it that says who calls. */
export interface Customer {
  readonly apiUrl: string;
  readonly token: () => Promise<string>;
}

/** Gives a customer its mail. @returns the status that was answered */
export async function postMail(customer: Customer, raw: Uint8Array): Promise<string> {
  const { status } = await post(customer, '/v1/inbound-mail', 'message/rfc822', raw);
  return String(status);
}

/**
 * @param entity of an XDR request
 * @returns `success`, the codes with which it was refused, or the status of an answer that is none
 */
export async function postRequest(customer: Customer, entity: Uint8Array): Promise<string> {
  const { contentType, body } = requestOf(entity);
  const { status, headers, bytes } = await post(customer, '/v1/xdr', contentType, body);
  const answer = readRegistryAnswer(headers.get('content-type') ?? '', bytes);
  if (!answer.ok) return String(status);
  return answer.value === 'success' ? 'success' : answer.value.errorCodes.join(' ');
}

async function post(
  { apiUrl, token }: Customer,
  path: string,
  contentType: string,
  body: Uint8Array,
): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array }> {
  const response = await fetch(`${apiUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token()}`, 'content-type': contentType },
    body: Buffer.from(body),
  });
  const { status, headers } = response;
  return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}
