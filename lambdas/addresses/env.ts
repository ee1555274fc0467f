export const ENV = [
  'SCRATCH_TABLE',
  'TRUST_BUCKET',
  'SETTINGS_FILE',
  'RESOLVERS',
  'RELAY_URL',
] as const;
