/** Resources of a small directory, as Da Vinci PDEX Plan-Net shapes them. */

export const endpoint = (id: string, address: string, more: object = {}) => ({
  resourceType: 'Endpoint',
  id,
  status: 'active',
  connectionType: {
    system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type',
    code: 'direct-project',
  },
  address,
  ...more,
});

export const organization = (id: string, name: string, more: object = {}) => ({
  resourceType: 'Organization',
  id,
  active: true,
  name,
  endpoint: [{ reference: `Endpoint/${id}` }],
  ...more,
});

export const LAKESIDE = organization('lakeside', 'Lakeside Clinic', {
  type: [{ coding: [{ code: 'prov', display: 'Healthcare Provider' }] }],
  address: [{ line: ['12 Shore Road'], city: 'Lakeside', state: 'OR', postalCode: '97449' }],
  telecom: [
    { system: 'email', value: 'desk@lakeside.example' },
    { system: 'phone', value: '+1 555 0100' },
  ],
});

export const SMALL_DIRECTORY = [
  LAKESIDE,
  endpoint('lakeside', 'mailto:records@direct.lakeside.example'),
  {
    resourceType: 'PractitionerRole',
    id: 'lee-heart',
    active: true,
    practitioner: { reference: 'Practitioner/lee' },
    organization: { reference: 'Organization/lakeside', display: 'Lakeside' },
    location: [{ reference: 'Location/pier' }],
    specialty: [{ coding: [{ display: 'Cardiology' }] }],
    endpoint: [{ reference: 'Endpoint/lee' }],
  },
  {
    resourceType: 'Practitioner',
    id: 'lee',
    name: [{ family: 'Lee', given: ['Robin', 'J.'] }],
  },
  {
    resourceType: 'Location',
    id: 'pier',
    address: { line: ['1 Pier'], city: 'Lakeside', state: 'OR' },
  },
  endpoint('lee', 'dr.lee@direct.lakeside.example', {
    connectionType: { code: 'secure-email' },
  }),
];
