export const ROUTES = [
  {
    method: 'PUT',
    path: '/v1/patients/{patientId}/record/documents/{documentId}',
    scopes: ['record.write'],
    kinds: ['system'],
  },
  {
    method: 'DELETE',
    path: '/v1/patients/{patientId}/record/documents/{documentId}',
    scopes: ['record.write'],
    kinds: ['system'],
  },
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/record',
    scopes: ['record.read'],
    kinds: ['system'],
  },
] as const;
