export const ENV = ['PORTAL_BUCKET', 'PORTAL_FILES', 'SIGN_IN', 'SETTINGS_FILE'] as const;
