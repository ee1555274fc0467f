export const ENV = [
  'MAIN_TABLE',
  'SCRATCH_TABLE',
  'UPLOADS_BUCKET',
  'UPLOADS_KEY',
  'PEPPER_SECRET',
  'SETTINGS_FILE',
] as const;
