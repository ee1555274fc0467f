export const ROUTES = [
  {
    method: 'POST',
    path: '/v1/events',
    scopes: ['event.write'],
    kinds: ['system'],
    intake: true,
  },
] as const;
