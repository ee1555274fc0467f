export const ROUTES = [
  {
    method: 'PUT',
    path: '/v1/patients/{patientId}/record/documents/{documentId}',
    scopes: ['record.write'],
    kinds: ['system'],
    intake: true,
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
  {
    // A scope of its own: what uploads documents is not what decides that a sensitive one may go.
    method: 'POST',
    path: '/v1/patients/{patientId}/record/documents/{documentId}/release',
    scopes: ['record.release'],
    kinds: ['system', 'admin'],
  },
] as const;
