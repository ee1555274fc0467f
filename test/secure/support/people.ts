import { parseDirectAddress, parseMessageId, type DirectAddress } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import type { Draft } from '../../../shared/secure/draft.ts';
import { cachedAuthority, cachedKeys, issue, type Issued } from '../../support/pki.ts';

export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`Refused: ${outcome.failure.code}`);
  return outcome.value;
};

export const address = (text: string): DirectAddress => valueOf(parseDirectAddress(text));

export const SENDER = address('records@holder.example');
export const RECIPIENT = address('dr.green@clinic.example');

export const draft = {
  from: SENDER,
  to: RECIPIENT,
  messageId: valueOf(parseMessageId('k3j5x7q2@holder.example')),
  date: new Date('2025-03-09T01:02:03Z'),
  holderName: 'City Hospital',
  text: 'City Hospital sends you this health record at the request of the patient.',
  zip: Buffer.from('PK\x03\x04 stands for a package'),
} satisfies Draft;

/** A holder of a fresh certificate; the key is the same for the same name. */
export async function person(
  name: string,
  kind: { readonly ec?: 'P-256' | 'P-384'; readonly bits?: number } = {},
): Promise<Issued> {
  const keys = await cachedKeys(name, kind);
  return issue(await cachedAuthority(), { address: `${name}@clinic.example`, keys });
}
