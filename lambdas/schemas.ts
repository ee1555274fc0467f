import type { Operations } from '../shared/operation.ts';
import * as addresses from './addresses/schema.ts';
import * as apiDescription from './api-description/schema.ts';
import * as consents from './consents/schema.ts';
import * as directory from './directory/schema.ts';
import * as events from './events/schema.ts';
import * as inboundMail from './inbound-mail/schema.ts';
import * as patients from './patients/schema.ts';
import * as records from './records/schema.ts';
import * as transmissions from './transmissions/schema.ts';
import * as transmitRequests from './transmit-requests/schema.ts';
import * as uploads from './uploads/schema.ts';
import * as webhooks from './webhooks/schema.ts';
import * as xdr from './xdr/schema.ts';

const told = (schema: object): Operations =>
  (schema as { readonly OPERATIONS?: Operations }).OPERATIONS ?? {};

/** What each function says of its routes, for the OpenAPI document, which `infra/cli` writes. */
export const OPERATIONS: Operations = {
  ...told(patients),
  ...told(records),
  ...told(uploads),
  ...told(consents),
  ...told(transmitRequests),
  ...told(events),
  ...told(addresses),
  ...told(directory),
  ...told(transmissions),
  ...told(inboundMail),
  ...told(webhooks),
  ...told(xdr),
  ...told(apiDescription),
};
