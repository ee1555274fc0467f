/** Every body and query that the API takes, for its OpenAPI description, which `infra/cli` is to write: functions import their own. */
export { AddressBody } from './addresses/schema.ts';
export { ConsentBody } from './consents/schema.ts';
export { EventBody, EventsBody } from './events/schema.ts';
export { PatientBody } from './patients/schema.ts';
export { LabelsQuery, ReleaseBody } from './records/schema.ts';
export { ResolveBody } from './transmissions/schema.ts';
export { RequestBody, ResumeBody, RevokeBody } from './transmit-requests/schema.ts';
export { WebhookBody } from './webhooks/schema.ts';
