export const ENV = ['MAIN_TABLE', 'SETTINGS_FILE'] as const;
