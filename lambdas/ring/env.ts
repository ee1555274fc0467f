export const ENV = ['MATCH_QUEUE_URL', 'SEND_QUEUE_URL'] as const;
