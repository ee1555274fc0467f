export const ROUTES = [
  { method: 'GET', path: '/v1/health', scopes: [], kinds: ['any'] },
  { method: 'GET', path: '/v1/openapi.json', scopes: [], kinds: ['any'] },
] as const;
