export const ENV = [
  'MAIN_TABLE',
  'SCRATCH_TABLE',
  'WEBHOOK_SECRET',
  'RELAY_SECRET',
  'SETTINGS_FILE',
  'RESOLVERS',
] as const;
