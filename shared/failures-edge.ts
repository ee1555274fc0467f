import type { FailureTable } from './failures.ts';

/** Refusals at the door, before any step is asked. */
export const EDGE_FAILURES = {
  'edge/malformed': {
    retry: false,
    status: 400,
    says: 'The request is not of the form that this address takes.',
    actor: 'caller',
    remedy: 'Correct the fields that `errors` points at.',
  },
  'edge/too-large': {
    retry: false,
    status: 413,
    says: 'The request is larger than this address takes.',
    actor: 'caller',
    remedy: 'Send less at once.',
  },
  'edge/not-found': {
    retry: false,
    status: 404,
    says: 'There is nothing here, or nothing that you may see.',
    actor: 'caller',
    remedy: 'Check the address of the request.',
  },
  'edge/unsupported-media': {
    retry: false,
    status: 415,
    says: 'This address does not take that kind of content.',
    actor: 'caller',
    remedy: 'Send the content type that the documentation names.',
  },
  'edge/unauthenticated': {
    retry: false,
    status: 401,
    says: 'The request carries no token that is valid here.',
    actor: 'caller',
    remedy: 'Get a fresh token from the configured issuer.',
  },
  'edge/token-expired': {
    retry: false,
    status: 401,
    says: 'The token has expired, or is not valid yet.',
    actor: 'caller',
    remedy: 'Get a fresh token from the configured issuer.',
  },
  'edge/forbidden': {
    retry: false,
    status: 403,
    says: 'The token does not allow this.',
    actor: 'caller',
    remedy: 'Ask for the scope, or act for the patient that the token names.',
  },
  'edge/key-missing': {
    retry: false,
    status: 400,
    says: 'An Idempotency-Key header is needed here.',
    actor: 'caller',
    remedy: 'Send a key that is new for each new request.',
  },
  'edge/key-reused': {
    retry: false,
    status: 422,
    says: 'This Idempotency-Key was used for another request.',
    actor: 'caller',
    remedy: 'Choose a new key.',
  },
  'edge/precondition-failed': {
    retry: false,
    status: 412,
    says: 'The resource has changed since it was read.',
    actor: 'caller',
    remedy: 'Read it again, then decide again.',
  },
  'edge/unavailable': {
    retry: true,
    status: 503,
    says: 'The service cannot answer now.',
    actor: 'caller',
    remedy: 'Try again in a moment.',
  },
  'edge/failed': {
    retry: true,
    status: 500,
    says: 'Something went wrong on our side.',
    actor: 'operator',
    remedy: 'Look for the request id in the log of the function.',
  },
} as const satisfies FailureTable;
