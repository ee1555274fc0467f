export const ENV = [
  'MAIN_TABLE',
  'UPLOADS_BUCKET',
  'RECORDS_BUCKET',
  'PEPPER_SECRET',
  'SETTINGS_FILE',
] as const;
