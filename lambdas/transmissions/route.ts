const KINDS = ['patient', 'representative', 'provider', 'system'] as const;

export const ROUTES = [
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/transmissions',
    scopes: ['status.read'],
    kinds: KINDS,
  },
  {
    method: 'GET',
    path: '/v1/transmissions/{transmissionId}',
    scopes: ['status.read'],
    kinds: KINDS,
  },
] as const;
