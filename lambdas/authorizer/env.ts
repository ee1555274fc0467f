export const ENV = ['ISSUER_URL', 'AUDIENCE', 'SETTINGS_FILE'] as const;
