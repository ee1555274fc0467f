export const ENV = ['MAIL_BUCKET', 'SETTINGS_FILE'] as const;
