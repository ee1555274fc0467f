/** What a data holder's system may report that happened; settings add their own under names that begin with `x-`. */
export const EVENT_TYPES = [
  'discharge',
  'transfer',
  'encounter-ended',
  'result-available',
  'image-available',
  'record-updated',
  'claim-adjudicated',
  'eob-available',
] as const;
