import type { FailureTable } from './failures.ts';

/** Refusals while the data holder is told what became of its copies. */
export const REPORT_FAILURES = {
  'report/unknown-webhook': {
    retry: false,
    status: 404,
    says: 'There is no such webhook.',
    actor: 'caller',
    remedy: 'List the webhooks.',
  },
  'report/unknown-delivery': {
    retry: false,
    status: 404,
    says: 'There is no such report on its way.',
    actor: 'caller',
    remedy: 'Check the id.',
  },
  'report/bad-url': {
    retry: false,
    status: 422,
    says: 'That is not a URL to which reports can be sent.',
    actor: 'caller',
    remedy: 'Use https, a public host, and no name or password in the URL.',
  },
  'report/unknown-type': {
    retry: false,
    status: 422,
    says: 'That is not a type of report that there is.',
    actor: 'caller',
    remedy: 'Use types from the documentation, or leave them out for all.',
  },
  'report/too-many-webhooks': {
    retry: false,
    status: 409,
    says: 'There are as many webhooks as are kept.',
    actor: 'caller',
    remedy: 'Remove one that is not needed any more.',
  },
  'report/webhook-disabled': {
    retry: false,
    status: 409,
    says: 'The webhook was given up: it said that it is gone, or failed for days.',
    actor: 'data holder',
    remedy: 'Remove it and add it again when it answers.',
  },
  'report/unknown-submitter': {
    retry: false,
    status: 404,
    says: 'It is not set any more where the system that sent the copy is told by XDR.',
    actor: 'operator',
    remedy: 'Set `xdr[].reportTo` for it, or leave it as it is when it does not want to be told.',
  },
  'report/submitter-failed': {
    retry: true,
    status: 502,
    says: 'The system that sent the copy did not take the report of its end.',
    actor: 'data holder',
    remedy: 'Answer with a RegistryResponse of success within fifteen seconds.',
  },
  'report/webhook-failed': {
    retry: true,
    status: 502,
    says: 'The webhook did not take the report.',
    actor: 'data holder',
    remedy: 'Answer with a status from 200 to 299 within fifteen seconds.',
  },
} as const satisfies FailureTable;
