const KINDS = ['patient', 'representative', 'provider'] as const;

export const ROUTES = [
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests',
    scopes: ['request.write'],
    kinds: KINDS,
    stepUp: true,
    idempotent: true,
  },
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/transmit-requests',
    scopes: ['request.read'],
    kinds: KINDS,
  },
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/transmit-requests/{requestId}',
    scopes: ['request.read'],
    kinds: KINDS,
  },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests/{requestId}/revoke',
    scopes: ['request.write'],
    kinds: KINDS,
  },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests/{requestId}/resume',
    scopes: ['request.write'],
    kinds: KINDS,
  },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests/revoke-all',
    scopes: ['request.write'],
    kinds: KINDS,
  },
] as const;
