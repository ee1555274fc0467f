import type { DocumentHeader } from '../../record/header.ts';
import type { Code } from './codes.ts';

/** The US Realm Header; its extension says the release of C-CDA. */
const US_REALM_HEADER = '2.16.840.1.113883.10.20.22.1.1';
const RELEASE_2_1 = '2015-08-01';

/** IHE's format codes, where receivers look for the C-CDA ones too. */
const FORMAT_CODES = '1.3.6.1.4.1.19376.1.2.3';

/** Of a file whose media type says all there is to know before it is opened. */
export const MIME_TYPE_SUFFICIENT: Code = {
  code: 'urn:ihe:iti:xds:2017:mimeTypeSufficient',
  system: FORMAT_CODES,
  display: 'mimeType Sufficient',
};

/**
 * From the templateIds: release 2.1 where the header claims it, else 1.1 where it claims the template without an extension.
 * Release 2.0 has no code of its own and goes without one, as do C32 and everything else.
 */
export function formatCodeOf({ templateIds, body }: DocumentHeader): Code | undefined {
  const headers = templateIds.filter(({ root }) => root === US_REALM_HEADER);
  if (headers.some(({ extension }) => extension === RELEASE_2_1)) return format('2.1', body);
  return headers.some(({ extension }) => extension === undefined) ? format('1.1', body) : undefined;
}

function format(release: string, body: DocumentHeader['body']): Code {
  const display = `ccda-${body === 'unstructured' ? 'nonXMLBody' : 'structuredBody'}:${release}`;
  return { code: `urn:hl7-org:sdwg:${display}`, system: FORMAT_CODES, display };
}
