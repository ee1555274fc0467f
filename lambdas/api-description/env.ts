export const ENV = [] as const;
