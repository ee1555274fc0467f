export const ENV = ['KIND_SCOPES'] as const;
