import { domainOf, type MessageId } from '../../ids.ts';
import { dispositionXdr } from '../../package/xdr/disposition.ts';
import type { MessageDisposition } from '../../package/xdr/xdr.ts';
import type { Transmission } from '../../transmission/transmission.ts';
import type { Delivery } from '../delivery.ts';
import type { Report } from '../report.ts';

const ENDS = ['transmission.delivered', 'transmission.failed', 'transmission.stopped'] as const;

export const isEnd = ({ type }: Pick<Report, 'type'>): boolean => ENDS.some((end) => end === type);

/**
 * The end of a copy as who sent its submission by XDR is told it: between the two addresses of the copy, the other way
 * round, about the MessageID of the submission. The same at each attempt, its MessageID too, so that what is told twice is
 * known to be the same.
 *
 * @returns undefined of a copy that does not consist of a submission
 * @see Direct Edge Protocols 1.1, section 1.5.2.1.1
 */
export function endAsXdr(
  { id, report }: Pick<Delivery, 'id' | 'report'>,
  { submission, address, sender }: Transmission,
  endpoint: string,
): Uint8Array | undefined {
  if (!submission) return undefined;
  return dispositionXdr(dispositionOf(report, address), {
    messageId: `${id}@${domainOf(sender)}` as MessageId,
    relatesTo: submission.messageId,
    from: address,
    to: sender,
    endpoint,
    at: new Date(report.at),
  });
}

/** A reason is an NCName, in which no slash may stand. */
const dispositionOf = (
  { type, code }: Report,
  recipient: Transmission['address'],
): MessageDisposition =>
  type === 'transmission.delivered'
    ? { recipient, disposition: 'success' }
    : {
        recipient,
        disposition: 'failure',
        ...(code !== undefined && { reasonForFailure: code.replace('/', '.') }),
      };
