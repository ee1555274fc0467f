export const ROUTES = [
  {
    method: 'GET',
    path: '/v1/directory',
    scopes: ['address.check'],
    kinds: ['patient', 'representative', 'provider'],
    // Each may ask a server of somebody else, twice.
    requestsPerSecond: 20,
  },
] as const;
