export const ROUTES = [
  {
    method: 'GET',
    path: '/v1/patients/{patientId}',
    scopes: ['patient.read'],
    kinds: ['patient', 'representative', 'provider'],
  },
  {
    method: 'PUT',
    path: '/v1/patients/{patientId}',
    scopes: ['patient.write'],
    kinds: ['system'],
  },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/merge',
    scopes: ['patient.write'],
    kinds: ['system'],
    idempotent: true,
  },
] as const;
