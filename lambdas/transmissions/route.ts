const KINDS = ['patient', 'representative', 'provider', 'system'] as const;

export const ROUTES = [
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/transmissions',
    scopes: ['status.read'],
    kinds: KINDS,
    page: true,
  },
  {
    method: 'GET',
    path: '/v1/transmissions/{transmissionId}',
    scopes: ['status.read'],
    kinds: KINDS,
  },
  {
    method: 'POST',
    path: '/v1/transmissions/{transmissionId}/retry',
    scopes: ['operate.write'],
    kinds: ['admin'],
    idempotent: true,
  },
  {
    method: 'POST',
    path: '/v1/transmissions/{transmissionId}/resolve',
    scopes: ['operate.write'],
    kinds: ['admin'],
    idempotent: true,
  },
] as const;
