export const ENV = ['MAIN_TABLE', 'PEPPER_SECRET', 'SEND_QUEUE_URL'] as const;
