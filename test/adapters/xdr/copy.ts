import type { Envelope } from '../../../shared/deliver/relay.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import { packageXdr } from '../../../shared/package/xdr/package-xdr.ts';
import { HOW, preparedInput } from '../../package/xdr/requests.ts';
import { sampleCcda } from '../../support/ccda.ts';

export const RECIPIENT = 'Dr.Berg@clinic.example' as DirectAddress;

/** A copy as it is handed over to a HISP that takes XDR. */
export function copyTo(to: DirectAddress = RECIPIENT): Envelope {
  const input = { ...preparedInput(sampleCcda()), recipient: to };
  const bundle = packageXdr(input, HOW);
  if (!bundle.ok) throw new Error(bundle.failure.code);
  return { from: input.sender.address, to, bytes: bundle.value.entity };
}
