import { signatureIn } from '../terms/signature.ts';

/** What the patient said to the text, and by what a provider knows it, as far as it is filled in. */
export interface Told {
  readonly decision?: 'accepted' | 'rejected' | undefined;
  readonly method?: 'oral' | 'written';
  readonly identityCheck?: 'known' | 'id-document' | 'credential';
  readonly witness: string;
}

export const UNTOLD: Told = { witness: '' };

/** What the API keeps of how the patient agreed. */
export interface Basis extends Required<Pick<Told, 'method' | 'identityCheck'>> {
  readonly witness?: string | undefined;
}

/** Nothing where something is missing that nobody can know but whoever was there; a witness the API asks for, where one is needed. */
export function basisIn({ method, identityCheck, witness }: Told): Basis | undefined {
  const name = method === 'oral' ? signatureIn(witness) : undefined;
  const isUnsigned = method === 'oral' && witness !== '' && name === undefined;
  return method && identityCheck && !isUnsigned
    ? { method, identityCheck, witness: name }
    : undefined;
}
