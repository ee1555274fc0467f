export const ENV = [
  'MAIN_TABLE',
  'SCRATCH_TABLE',
  'TRUST_BUCKET',
  'PEPPER_SECRET',
  'SETTINGS_FILE',
  'RESOLVERS',
  'RELAY_URL',
] as const;
