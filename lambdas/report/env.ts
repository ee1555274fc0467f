export const ENV = [
  'MAIN_TABLE',
  'AUDIT_TABLE',
  'EVENT_BUS',
  'MATCH_QUEUE_URL',
  'SETTINGS_FILE',
] as const;
