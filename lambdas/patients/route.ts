export const ROUTES = [
  {
    method: 'PUT',
    path: '/v1/patients/{patientId}',
    scopes: ['patient.write'],
    kinds: ['system'],
  },
] as const;
