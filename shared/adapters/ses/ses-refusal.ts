import { types } from 'node:util';
import type { FailureCode } from '../../failures.ts';
import { fail, type Refused } from '../../outcome.ts';

/** What an error of the library may say, besides its name. */
interface SesError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  /** Of each address of the host, where it has several. */
  readonly errors?: readonly { readonly syscall?: string }[];
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The same, of our own making. */
export function sesErrorOf(error: Error): SesError {
  const { name, message, code, syscall, errors } = error as SesError;
  return Object.assign(new Error(message, { cause: error }), {
    name,
    ...(code && { code }),
    ...(syscall && { syscall }),
    ...(errors && { errors }),
  });
}

/** What SES calls it when it refuses, without `Exception` at the end, and what that means for the copy. */
const MEANINGS: Readonly<Record<string, FailureCode>> = {
  // "Maximum sending rate exceeded", "Daily message quota exceeded": dropped, not queued.
  Throttling: 'deliver/deferred',
  ThrottlingException: 'deliver/deferred',
  TooManyRequests: 'deliver/deferred',
  LimitExceeded: 'deliver/deferred',
  ServiceUnavailable: 'deliver/deferred',
  // Of the account or its settings, not of the message: an operator puts it right, and the copy goes.
  AccountSendingPaused: 'deliver/deferred',
  ConfigurationSetSendingPaused: 'deliver/deferred',
  ConfigurationSetDoesNotExist: 'deliver/deferred',
  MailFromDomainNotVerified: 'deliver/deferred',
  // The clock of the function is wrong.
  RequestExpired: 'deliver/deferred',

  AccessDenied: 'deliver/not-authorized',
  CredentialsProviderError: 'deliver/not-authorized',
  ExpiredToken: 'deliver/not-authorized',
  IncompleteSignature: 'deliver/not-authorized',
  InvalidClientTokenId: 'deliver/not-authorized',
  MissingAuthenticationToken: 'deliver/not-authorized',
  NotAuthorized: 'deliver/not-authorized',
  OptInRequired: 'deliver/not-authorized',
  SignatureDoesNotMatch: 'deliver/not-authorized',
  UnrecognizedClient: 'deliver/not-authorized',

  MessageRejected: 'deliver/refused',
};

/** As Node calls it when the server does not prove to be who it should: nothing was written yet. */
const BAD_CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED|HOSTNAME_MISMATCH)/;

/**
 * What a failed call means for the copy. Where it cannot be told, the copy has perhaps been sent.
 *
 * @failure every code that a relay answers with
 */
export function refusalOf(error: unknown): Refused {
  if (!types.isNativeError(error)) return fail('deliver/unanswered', 'SES');
  const known: SesError = error;
  return fail(meaningOf(known), detailOf(known));
}

function meaningOf(error: SesError): FailureCode {
  const name = error.name.replace(/Exception$/, '');
  const known = Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined;
  if (known) return known;
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (isTooLong(error, status)) return 'deliver/too-large';
  if (status === 429) return 'deliver/deferred';
  if (status >= 400 && status < 500) return 'deliver/refused';
  return isUnwritten(error) ? 'deliver/unreachable' : 'deliver/unanswered';
}

/** SES has no code for it: "Message length is more than 10485760 bytes long"; a door before it says 413. */
const isTooLong = ({ name, message }: SesError, status: number): boolean =>
  status === 413 || (name === 'InvalidParameterValue' && /^Message length is more/i.test(message));

/** No connection, so nothing of the request left. The library tells its own time-out of connecting by a text only. */
const isUnwritten = ({ code = '', syscall, errors = [], name, message }: SesError): boolean =>
  isBefore(syscall) ||
  (errors.length > 0 && errors.every((each) => isBefore(each.syscall))) ||
  BAD_CERTIFICATE.test(code) ||
  (name === 'TimeoutError' && message.includes('did not establish a connection'));

const isBefore = (syscall: string | undefined): boolean =>
  syscall === 'connect' || syscall === 'getaddrinfo';

/** Names and numbers; never the words, which quote addresses. */
function detailOf({ name, code, $metadata }: SesError): string {
  const status = $metadata?.httpStatusCode;
  const words = [name, code, status === undefined ? undefined : String(status)];
  return ['SES', ...words.filter((each) => each !== undefined && WORD.test(each))].join(' ');
}

const WORD = /^\w{1,60}$/;
