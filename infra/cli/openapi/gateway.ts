import * as z from 'zod';
import { GATEWAY_ANSWERS, type GatewayAnswer as Told } from '../../../shared/gateway-answers.ts';
import type { DescribedRoute } from './routes.ts';
import { isOpen } from './routes.ts';

export const GatewayAnswer = z.strictObject({ message: z.string() }).meta({
  id: 'GatewayAnswer',
  description: 'A fixed body of the gateway, before a function is asked.',
});

const { 401: unauthorized, 403: forbidden, 404: _, ...OF_ALL } = GATEWAY_ANSWERS;
const OF_TOKENS = { 401: unauthorized, 403: forbidden };

/** What the gateway itself answers, by status. A path that there is not is `404` with `{"message":"Not Found"}`. */
export const gatewayAnswersOf = (route: DescribedRoute): Readonly<Record<number, Told>> =>
  isOpen(route) ? OF_ALL : { ...OF_ALL, ...OF_TOKENS };
