/** Bounds on every call to AWS, in milliseconds: without them a lost packet holds a worker past its lease. */
export const REQUEST_HANDLER = {
  connectionTimeout: 3_000,
  requestTimeout: 20_000,
  throwOnRequestTimeout: true,
} as const;
