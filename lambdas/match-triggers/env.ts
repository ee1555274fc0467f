export const ENV = [
  'MAIN_TABLE',
  'SCRATCH_TABLE',
  'TRUST_BUCKET',
  'SETTINGS_FILE',
  'RESOLVERS',
] as const;
