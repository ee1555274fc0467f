export const ROUTES = [
  { method: 'POST', path: '/v1/inbound-mail', scopes: ['inbound-mail.write'], kinds: ['system'] },
] as const;
