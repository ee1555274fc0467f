export const ENV = ['SETTINGS_FILE', 'RESOLVERS'] as const;
