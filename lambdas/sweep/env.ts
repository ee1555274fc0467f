export const ENV = ['MAIN_TABLE', 'SETTINGS_FILE', 'MATCH_QUEUE_URL', 'SEND_QUEUE_URL'] as const;
