import { ROUTES as activity } from './activity/route.ts';
import { ROUTES as addresses } from './addresses/route.ts';
import { ROUTES as apiDescription } from './api-description/route.ts';
import { ROUTES as consents } from './consents/route.ts';
import { ROUTES as directory } from './directory/route.ts';
import { ROUTES as events } from './events/route.ts';
import { ROUTES as inboundMail } from './inbound-mail/route.ts';
import { ROUTES as patients } from './patients/route.ts';
import { ROUTES as records } from './records/route.ts';
import { ROUTES as transmissions } from './transmissions/route.ts';
import { ROUTES as transmitRequests } from './transmit-requests/route.ts';
import { ROUTES as uploads } from './uploads/route.ts';
import { ROUTES as webhooks } from './webhooks/route.ts';
import { ROUTES as xdr } from './xdr/route.ts';

const at =
  <const Lambda extends string>(lambda: Lambda) =>
  <Route extends object>(route: Route) => ({ ...route, lambda });

/** Every route of the HTTP API, once, with the folder of the function that answers it. */
export const ROUTES = [
  ...patients.map(at('patients')),
  ...records.map(at('records')),
  ...uploads.map(at('uploads')),
  ...consents.map(at('consents')),
  ...transmitRequests.map(at('transmit-requests')),
  ...events.map(at('events')),
  ...addresses.map(at('addresses')),
  ...directory.map(at('directory')),
  ...transmissions.map(at('transmissions')),
  ...activity.map(at('activity')),
  ...inboundMail.map(at('inbound-mail')),
  ...webhooks.map(at('webhooks')),
  ...xdr.map(at('xdr')),
  ...apiDescription.map(at('api-description')),
];
