import { isFailureCode, ruleOf } from '../failures.ts';
import { type AddressKey, addressKeyOf, type DirectAddress } from '../ids.ts';
import type { RequestAddress, TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { TransmissionLine } from './ledger.ts';

/**
 * The active addresses of a request whose last copies all failed, for good and on the recipient's side. Copies that were
 * stopped say nothing of an address; any other end does, and what was opened before it was resumed or added counts no more.
 *
 * @param lines of the patient, newest first
 * @param failuresBeforePause how many copies, one after the other
 */
export function failing(
  lines: readonly TransmissionLine[],
  request: TransmitRequest,
  failuresBeforePause: number,
): readonly AddressKey[] {
  const ends = lines
    .filter(({ requestId }) => requestId === request.id)
    .filter(({ status }) => status === 'delivered' || status === 'failed')
    // What is to be said of the address then, its probe has said.
    .filter(({ code }) => code !== 'deliver/probe-failed');
  const entries = Object.entries(request.addresses) as [AddressKey, RequestAddress][];
  return entries
    .filter(([, { status }]) => status === 'active')
    .filter(([key, { resumedAt = '', addedAt = '' }]) => {
      const since = resumedAt > addedAt ? resumedAt : addedAt;
      const last = ends
        .filter((line) => line.createdAt > since && isTo(line, key))
        .slice(0, failuresBeforePause);
      return last.length === failuresBeforePause && last.every(blamesRecipient);
    })
    .map(([key]) => key);
}

const isTo = ({ address }: TransmissionLine, key: AddressKey): boolean =>
  addressKeyOf(address as DirectAddress) === key;

/** Failures of these steps are of the recipient's side. */
const STEPS = ['discover', 'trust', 'notification'];
/**
 * And these of the step before. Not `deliver/refused`: our own relay may refuse everybody for a fault of ours, and would
 * have all addresses paused.
 */
const CODES = [
  'deliver/bounced',
  'deliver/suppressed',
  'deliver/bad-mailbox',
  'deliver/mailbox-full',
];

function blamesRecipient({ code = '' }: TransmissionLine): boolean {
  const [step = ''] = code.split('/');
  const isTheirs = STEPS.includes(step) || CODES.includes(code);
  return isTheirs && isFailureCode(code) && !ruleOf(code).retry;
}
