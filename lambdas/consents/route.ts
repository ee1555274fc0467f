export const ROUTES = [
  { method: 'GET', path: '/v1/consent-texts/{language}', scopes: [], kinds: ['any'] },
  { method: 'GET', path: '/v1/consent-texts/{language}/{version}', scopes: [], kinds: ['any'] },
  {
    method: 'POST',
    path: '/v1/patients/{patientId}/consents',
    scopes: ['consent.write'],
    kinds: ['patient', 'representative', 'provider'],
    idempotent: true,
  },
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/consents',
    scopes: ['consent.read'],
    kinds: ['patient', 'representative', 'provider'],
    page: true,
  },
  {
    method: 'GET',
    path: '/v1/patients/{patientId}/consents/{consentId}',
    scopes: ['consent.read'],
    kinds: ['patient', 'representative', 'provider'],
  },
] as const;
