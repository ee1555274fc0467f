export const ENV = [
  'MAIN_TABLE',
  'SCRATCH_TABLE',
  'WEBHOOK_SECRET',
  'SETTINGS_FILE',
  'RESOLVERS',
] as const;
