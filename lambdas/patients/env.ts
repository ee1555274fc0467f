export const ENV = ['MAIN_TABLE', 'PEPPER_SECRET'] as const;
