export const ENV = [
  'MAIN_TABLE',
  'SCRATCH_TABLE',
  'RECORDS_BUCKET',
  'PEPPER_SECRET',
  'SETTINGS_FILE',
  'RELAY_URL',
] as const;
