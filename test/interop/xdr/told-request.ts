import { readXdr } from '../../../shared/package/xdr/read-xdr.ts';
import type { XdrRequest } from '../../../shared/package/xdr/xdr.ts';

/** In one line what a request says, or the code with which it is refused. */
export function toldOf(entity: Uint8Array): string {
  const request = readXdr(entity);
  return request.ok ? saidBy(request.value) : request.failure.code;
}

function saidBy({ level, addressing, contents }: XdrRequest): string {
  const { from = 'nobody', to, relatesTo = 'nothing', wantsFinalDelivery } = addressing;
  if (contents.kind === 'disposition') {
    const { recipient, disposition, reasonForFailure } = contents.said;
    const why = reasonForFailure === undefined ? '' : `, ${reasonForFailure}`;
    return `${disposition} for ${recipient}${why}, about ${relatesTo}`;
  }
  const documents = contents.submission.documents.map(
    ({ described, bytes }) => `${described.mimeType ?? 'a file'} of ${bytes.length} bytes`,
  );
  const wish = wantsFinalDelivery ? ', final delivery wanted' : '';
  return `${level ?? 'no level'}: ${documents.join(', ')} from ${from} to ${to.join(', ')}${wish}`;
}
