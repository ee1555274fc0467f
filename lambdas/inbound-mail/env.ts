export const ENV = ['SCRATCH_TABLE', 'MAIL_BUCKET', 'SETTINGS_FILE'] as const;
