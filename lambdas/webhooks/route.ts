const ROUTE = { scopes: ['webhook.write'], kinds: ['system', 'admin'] } as const;

export const ROUTES = [
  { method: 'POST', path: '/v1/webhooks', ...ROUTE, idempotent: true },
  { method: 'GET', path: '/v1/webhooks', ...ROUTE, page: true },
  { method: 'DELETE', path: '/v1/webhooks/{webhookId}', ...ROUTE },
  {
    method: 'POST',
    path: '/v1/webhooks/{webhookId}/rotate-secret',
    ...ROUTE,
    idempotent: true,
  },
] as const;
