export const ENV = ['MAIN_TABLE', 'PEPPER_SECRET', 'SETTINGS_FILE'] as const;
