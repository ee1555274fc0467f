export const ENV = [
  'MAIN_TABLE',
  'SCRATCH_TABLE',
  'PEPPER_SECRET',
  'SETTINGS_FILE',
  'SEND_QUEUE_URL',
] as const;
