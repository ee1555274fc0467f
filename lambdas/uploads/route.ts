export const ROUTES = [
  {
    method: 'POST',
    path: '/v1/records/uploads',
    scopes: ['record.write'],
    kinds: ['system'],
    intake: true,
  },
  {
    method: 'GET',
    path: '/v1/records/uploads/{uploadId}',
    scopes: ['record.write'],
    kinds: ['system'],
  },
] as const;
