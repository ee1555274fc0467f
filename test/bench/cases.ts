/** What is measured; each is a folder of work that can be asked for alone. */
export const SUITES = [
  'pipeline',
  'smime',
  'memory',
  'recipients',
  'header',
  'chain',
  'api',
  'cold-start',
  'bundles',
] as const;
export type Suite = (typeof SUITES)[number];

/** Decimal: 1 MB is 1,000,000 bytes, here and in every table. */
export const SIZE_BYTES = {
  '100k': 100_000,
  '1m': 1_000_000,
  '10m': 10_000_000,
  '30m': 30_000_000,
} as const;
export type Size = keyof typeof SIZE_BYTES;
export const SIZES = Object.keys(SIZE_BYTES) as readonly Size[];

/** `structured`: sections and narrative, as most records are. `base64`: a scanned document inside, which no zip makes smaller. */
export const FAMILIES = ['structured', 'base64'] as const;
export type Family = (typeof FAMILIES)[number];

/** A payload; also the name of the folder that it lies in. */
export type Case = `${Family}-${Size}`;

export const caseOf = (family: Family, size: Size): Case => `${family}-${size}`;

export const familyOf = (name: Case): Family => name.split('-')[0] as Family;
export const sizeOf = (name: Case): Size => name.split('-')[1] as Size;

/** An entity that is ready to be signed, as the suite of the S/MIME layer has it: what it is made from is all one. */
export const entityOf = (size: Size): string => `entity-${size}`;

/** Both cases of a path: an anchor that is read each time, and one that was read before, as functions have it. */
export const PATHS = { anew: 'path of three', 'at-hand': 'path of three, anchor at hand' } as const;

/** Whose certificate a known address has: with nothing named that says more, or with a list of either authority. */
export const KNOWN = ['without-lists', 'with-lists'] as const;
export type Known = (typeof KNOWN)[number];
export const caseOfKnown = (known: Known): string => `known address, ${known.replace('-', ' ')}`;

/** What is asked of the API, and what is looked at. */
export const API_CASES = {
  half: 'p95 at half of the most',
  fifty: 'calls with 50 callers',
  errors: 'errors',
} as const;

/** What outsiders may put where a recipient's certificates are looked for. */
export const HOSTILE_INPUTS = [
  'fifty certificates that look alike',
  'a list of 100,000 entries',
  'a list of 5 MB, with extensions',
  'forged lists of 5 MB without end',
  'lists of 5 MB that break off',
  'an HTTP body without end',
  'an HTTP body that drips',
  'an LDAP answer without end',
  'an LDAP message of 2 GB',
  'an LDAP message that drips',
  'a flood of datagrams',
  'policies that multiply',
  'names and subtrees that multiply',
  'issuers without end',
] as const;
export type HostileInput = (typeof HOSTILE_INPUTS)[number];

/** A case of its own: the other has megabytes. */
export const timeOf = (input: HostileInput): string => `${input}: time`;
