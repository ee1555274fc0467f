import type { Receipt } from '../../deliver/relay.ts';
import type { FailureCode } from '../../failures.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { readRegistryAnswer } from '../../package/xdr/answer.ts';
import type { XdrPosted } from './post-xdr.ts';
import { faultIn } from './soap-fault.ts';

/** Of a registry or repository that may take it later. */
const BUSY = ['XDSRepositoryBusy', 'XDSRegistryBusy', 'XDSRepositoryOutOfResources'];

const NOT_AUTHORIZED = 'deliver/not-authorized';

/** Our secret, or who gives tokens, did not give; or the server does not take our certificate. */
const OF_CREDENTIALS =
  /^(?:SECRET |TOKEN 4(?!29)|ERR_SSL_\w*ALERT_(?:BAD_CERTIFICATE|CERTIFICATE_|UNKNOWN_CA|ACCESS_DENIED|UNSUPPORTED_CERTIFICATE))/;

/** Said of the request before anybody looks into it. */
const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  401: NOT_AUTHORIZED,
  403: NOT_AUTHORIZED,
  413: 'deliver/too-large',
  429: 'deliver/deferred',
};

/** Answers of 4xx after which the request may have been taken all the same: it came too slowly, or again. */
const NOT_CERTAIN = [408, 409, 425];

/**
 * What an answer to a submission means for the copy. Only what says yes or no is one: of anything else nobody knows
 * whether the submission was taken.
 *
 * @failure deliver/*, as of a relay
 */
export function receiptOfXdr(posted: XdrPosted): Outcome<Receipt> {
  if (posted.kind === 'failed') {
    const { hasBegun, errorName } = posted;
    if (hasBegun) return fail('deliver/unanswered', errorName);
    return fail(OF_CREDENTIALS.test(errorName) ? NOT_AUTHORIZED : 'deliver/unreachable', errorName);
  }
  const { status, contentType, body, hasBegun } = posted;
  const http = `HTTP ${status}`;
  // A door in front of the server says so too when it lost what the server answered.
  if (status === 503 && !hasBegun) return fail('deliver/deferred', http);
  const early = BY_STATUS[status];
  if (early) return fail(early, http);

  const answer = readRegistryAnswer(contentType, body);
  if (answer.ok && answer.value === 'success') {
    return status === 200
      ? done({ receipt: `${http} RegistryResponse Success` })
      : fail('deliver/unanswered', http);
  }
  if (answer.ok && typeof answer.value === 'object') return byErrors(answer.value.errorCodes, http);
  const fault = faultIn(contentType, body);
  if (fault) return fail(fault === 'Receiver' ? 'deliver/deferred' : 'deliver/refused', http);
  const isNo = status >= 400 && status < 500 && !NOT_CERTAIN.includes(status);
  return fail(isNo ? 'deliver/refused' : 'deliver/unanswered', http);
}

/** When anything beside being busy is wrong, it will be wrong later. */
function byErrors(codes: readonly string[], http: string): Outcome<Receipt> {
  const isBusy = codes.length > 0 && codes.every((code) => BUSY.includes(shortOf(code)));
  const known = codes.map(shortOf).find((code) => /^[A-Za-z]{1,60}$/.test(code));
  const detail = known === undefined ? http : `${http} ${known}`;
  return fail(isBusy ? 'deliver/deferred' : 'deliver/refused', detail);
}

/** Some write the code with a namespace before it. */
const shortOf = (code: string): string => code.replace(/^.*[:#]/, '');
