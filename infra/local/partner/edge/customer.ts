import { requestOf } from '../../../../shared/adapters/xdr/entity.ts';

/** The way back to the customer: its API, and a token for it that says who calls. */
export interface Customer {
  readonly apiUrl: string;
  readonly token: () => Promise<string>;
}

/** Gives a customer its mail. @returns the status that was answered */
export const postMail = (customer: Customer, raw: Uint8Array): Promise<number> =>
  post(customer, '/v1/inbound-mail', 'message/rfc822', raw);

/** @param entity of an XDR request; @returns the status that was answered */
export function postRequest(customer: Customer, entity: Uint8Array): Promise<number> {
  const { contentType, body } = requestOf(entity);
  return post(customer, '/v1/xdr', contentType, body);
}

async function post(
  { apiUrl, token }: Customer,
  path: string,
  contentType: string,
  body: Uint8Array,
): Promise<number> {
  const response = await fetch(`${apiUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token()}`, 'content-type': contentType },
    body: Buffer.from(body),
  });
  await response.arrayBuffer();
  return response.status;
}
