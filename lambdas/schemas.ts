/** What each function says of its routes, for the OpenAPI document, which `infra/cli` writes: functions import their own. */
export { OPERATIONS as activity } from './activity/schema.ts';
export { OPERATIONS as addresses } from './addresses/schema.ts';
export { OPERATIONS as apiDescription } from './api-description/schema.ts';
export { OPERATIONS as consents } from './consents/schema.ts';
export { OPERATIONS as directory } from './directory/schema.ts';
export { OPERATIONS as events } from './events/schema.ts';
export { OPERATIONS as inboundMail } from './inbound-mail/schema.ts';
export { OPERATIONS as patients } from './patients/schema.ts';
export { OPERATIONS as records } from './records/schema.ts';
export { OPERATIONS as transmissions } from './transmissions/schema.ts';
export { OPERATIONS as transmitRequests } from './transmit-requests/schema.ts';
export { OPERATIONS as uploads } from './uploads/schema.ts';
export { OPERATIONS as webhooks } from './webhooks/schema.ts';
export { OPERATIONS as xdr } from './xdr/schema.ts';
