import type { ROUTES } from '../../../lambdas/routes.ts';
import type { Json } from './schemas.ts';

export const INFORMATION: Json = {
  title: 'Direct Transmit',
  version: '1',
  summary: "Sends a patient's complete record, at the patient's request, to any Direct address.",
  description:
    'Portals, EHRs and providers ask here for copies of a record, and learn what became of each. Refusals are problems ' +
    '(RFC 9457) with a `code`; a client passes over members and codes that it does not know.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};

export const SERVERS: readonly Json[] = [
  {
    url: '{url}',
    description: 'The output `ApiUrl` of the stack.',
    variables: { url: { default: 'http://127.0.0.1:4010', description: 'Of the deployment.' } },
  },
];

export const SECURITY_SCHEMES: Json = {
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of an issuer that the settings name. Each operation lists the scopes that it takes, all of them.',
  },
  certificate: {
    type: 'mutualTLS',
    description: 'A client certificate that the settings name, at the door of systems.',
  },
};

const ABOUT: Readonly<Record<(typeof ROUTES)[number]['lambda'], string>> = {
  patients: 'Who the patients are.',
  records: 'The current documents of each.',
  uploads: 'Documents too large for a call.',
  consents: 'What has to be agreed to, and what was answered.',
  'transmit-requests': 'What goes where, until when.',
  events: 'What happened to patients.',
  addresses: 'Whether an address can be reached.',
  directory: 'Places and their addresses.',
  transmissions: 'What became of each copy.',
  activity: 'What was done for a patient, when and by whom.',
  'inbound-mail': 'Mail that was taken in for us.',
  webhooks: 'Who is told what became of copies.',
  xdr: 'What comes by IHE XDR.',
  'api-description': 'The API itself.',
};

/** One for each function. */
export const TAGS: readonly Json[] = Object.entries(ABOUT).map(([name, description]) => ({
  name,
  description,
}));
