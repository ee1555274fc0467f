/** The path of a record through this system. Every word is a folder in `shared/`. */
export const PATH = [
  'patient',
  'record',
  'consent',
  'transmit-request',
  'trigger',
  'transmission',
  'discover',
  'trust',
  'package',
  'secure',
  'deliver',
  'notification',
  'status',
  'report',
] as const;

export type Step = (typeof PATH)[number];
