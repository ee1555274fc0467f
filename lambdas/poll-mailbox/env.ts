export const ENV = ['MAIN_TABLE', 'MAIL_BUCKET', 'RELAY_SECRET', 'SETTINGS_FILE'] as const;
