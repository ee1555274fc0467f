export const ROUTES = [
  {
    method: 'POST',
    path: '/v1/direct-addresses/check',
    scopes: ['address.check'],
    kinds: ['patient', 'representative', 'provider', 'admin'],
    // Each may ask a dozen servers of strangers, and tells who has a certificate.
    requestsPerSecond: 10,
  },
] as const;
