/** Why a token is none of ours: for whoever connects a client, who sees a 403 that says nothing. */
export const TOKEN_FAULTS = [
  'absent',
  'malformed',
  'issuer',
  'key',
  'signature',
  'algorithm',
  'audience',
  'type',
  'claims',
] as const;

export type TokenFault = (typeof TOKEN_FAULTS)[number];

/** As the detail of a refusal carries it. */
export const tokenFaultIn = (detail: string | undefined): TokenFault | undefined =>
  TOKEN_FAULTS.find((each) => each === detail);
