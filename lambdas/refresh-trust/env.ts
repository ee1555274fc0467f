export const ENV = ['TRUST_BUCKET', 'SETTINGS_FILE', 'RESOLVERS'] as const;
