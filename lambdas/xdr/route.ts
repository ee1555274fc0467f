export const ROUTES = [
  {
    method: 'POST',
    path: '/v1/xdr',
    scopes: ['xdr.write'],
    kinds: ['system'],
    // Its certificate may stand for a token.
    certificate: true,
  },
] as const;
