/** In which role a caller speaks. */
export const KINDS = ['patient', 'representative', 'provider', 'system', 'admin'] as const;

export type Kind = (typeof KINDS)[number];
