import { xdrEntity } from '../../../../shared/package/xdr/entity.ts';
import { readXdr } from '../../../../shared/package/xdr/read-xdr.ts';
import type { XdrRequest } from '../../../../shared/package/xdr/xdr.ts';
import { sameAddress } from '../addresses.ts';
import type { HandedCopy, HandedOver } from './handed-over.ts';

/**
 * Reads what came by XDR: a submission with its documents, from an address of the customer.
 *
 * @param customers addresses
 */
export function readRequest(
  contentType: string,
  body: Uint8Array,
  customers: readonly string[],
): HandedOver {
  const raw = xdrEntity(contentType, body);
  const read = readXdr(raw);
  if (!read.ok) return { by: 'xdr', raw, refusedFor: [read.failure.code] };
  const { from, to } = read.value.addressing;
  const isCustomer = from !== undefined && customers.some((each) => sameAddress(each, from));
  const refusedFor = [
    ...(read.value.contents.kind === 'submission' ? [] : ['form: it submits no documents']),
    ...(isCustomer ? [] : ['envelope: it is not from an address of the customer']),
    ...(to.length > 0 ? [] : ['envelope: it is to nobody']),
  ];
  return { by: 'xdr', raw, refusedFor, copy: copyOf(read.value) };
}

const copyOf = (request: XdrRequest): HandedCopy => ({
  request,
  messageId: request.messageId,
  from: request.addressing.from,
  recipients: request.addressing.to,
  files: filesOf(request),
  notes: [],
});

const filesOf = ({ contents }: XdrRequest): HandedCopy['files'] =>
  contents.kind === 'submission'
    ? contents.submission.documents.map(({ id, described, bytes }) => ({
        name: described.uri ?? id,
        bytes,
      }))
    : [];
