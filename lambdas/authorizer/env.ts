export const ENV = ['ISSUER_URL', 'AUDIENCE'] as const;
