export const ROUTES = [{ method: 'GET', path: '/v1/health', scopes: [], kinds: ['any'] }] as const;
