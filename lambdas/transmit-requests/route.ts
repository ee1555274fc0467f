const KINDS = ['patient', 'representative', 'provider'] as const;

export const ROUTES = [
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests',
    scopes: ['request.write'],
    kinds: KINDS,
    stepUp: true,
    idempotent: true,
    intake: true,
  },
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/transmit-requests',
    scopes: ['request.read'],
    kinds: KINDS,
    page: true,
  },
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/transmit-requests/{requestId}',
    scopes: ['request.read'],
    kinds: KINDS,
  },
  {
    method: 'PATCH',
    path: '/v1/patients/{patientId}/transmit-requests/{requestId}',
    scopes: ['request.write'],
    kinds: KINDS,
    ifMatch: true,
  },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests/{requestId}/send',
    scopes: ['request.write'],
    kinds: KINDS,
    idempotent: true,
    intake: true,
  },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests/{requestId}/revoke',
    scopes: ['request.write'],
    kinds: KINDS,
    stops: true,
    ifMatch: 'optional',
  },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests/{requestId}/resume',
    scopes: ['request.write'],
    kinds: KINDS,
    ifMatch: 'optional',
  },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/transmit-requests/revoke-all',
    scopes: ['request.write'],
    kinds: KINDS,
    stops: true,
  },
] as const;
