export const ROUTES = [
  {
    method: 'POST',
    path: '/v1/direct-addresses/check',
    scopes: ['address.check'],
    kinds: ['patient', 'representative', 'provider', 'admin'],
  },
] as const;
