/** A fixed answer of the gateway: its body is `{"message": …}`, as JSON, and no problem document. */
export interface GatewayAnswer {
  readonly message: string;
  readonly when: string;
}

/** What API Gateway answers by itself, by status. None of it can be worded otherwise: an HTTP API has no gateway responses. */
export const GATEWAY_ANSWERS = {
  401: { message: 'Unauthorized', when: 'there is no Authorization header' },
  403: { message: 'Forbidden', when: 'the token is none of an issuer that is known here' },
  404: { message: 'Not Found', when: 'there is no such path' },
  413: {
    message: 'Request Entity Too Large',
    when: 'the request is beyond what the gateway takes',
  },
  429: { message: 'Too Many Requests', when: 'more is asked at once than the stage takes' },
  500: { message: 'Internal Server Error', when: 'a function broke off' },
  503: { message: 'Service Unavailable', when: 'a function did not answer in time' },
} as const satisfies Readonly<Record<number, GatewayAnswer>>;

export type GatewayStatus = keyof typeof GATEWAY_ANSWERS;
