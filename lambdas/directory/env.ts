export const ENV = [
  'MAIN_TABLE',
  'SCRATCH_TABLE',
  'PEPPER_SECRET',
  'SETTINGS_FILE',
  'PLACES_FILE',
  'RELAY_SECRET',
  'RESOLVERS',
] as const;
