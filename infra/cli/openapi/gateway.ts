import * as z from 'zod';
import type { DescribedRoute } from './routes.ts';
import { isOpen } from './routes.ts';

export const GatewayAnswer = z
  .strictObject({ message: z.string() })
  .meta({
    id: 'GatewayAnswer',
    description: 'A fixed body of the gateway, before a function is asked.',
  });

interface Said {
  readonly message: string;
  readonly when: string;
}

const OF_ALL: Readonly<Record<number, Said>> = {
  413: {
    message: 'Request Entity Too Large',
    when: 'the request is beyond what the gateway takes',
  },
  429: { message: 'Too Many Requests', when: 'more is asked at once than the stage takes' },
  500: { message: 'Internal Server Error', when: 'a function broke off' },
  503: { message: 'Service Unavailable', when: 'a function did not answer in time' },
};

const OF_TOKENS: Readonly<Record<number, Said>> = {
  401: { message: 'Unauthorized', when: 'there is no Authorization header' },
  403: { message: 'Forbidden', when: 'the token is none of an issuer that is known here' },
};

/** What the gateway itself answers, by status. A path that there is not is `404` with `{"message":"Not Found"}`. */
export const gatewayAnswersOf = (route: DescribedRoute): Readonly<Record<number, Said>> =>
  isOpen(route) ? OF_ALL : { ...OF_ALL, ...OF_TOKENS };
