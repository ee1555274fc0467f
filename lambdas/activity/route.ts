export const ROUTES = [
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/activity',
    scopes: ['status.read'],
    kinds: ['patient', 'representative', 'provider'],
    page: true,
  },
] as const;
