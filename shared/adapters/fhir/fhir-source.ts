import type { Fetch } from '../../discover/fetch.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { MAX_DOCUMENT_BYTES } from '../../record/intake.ts';
import { newest, readBinary, readPage, type Attached } from '../../record/source/fhir-answer.ts';
import {
  docrefUrl,
  identifierParameter,
  patientUrl,
  searchUrl,
} from '../../record/source/fhir-query.ts';
import type { RecordSource } from '../../record/source/refresh.ts';
import type { FhirSourceSettings } from '../../settings-record-source.ts';
import type { FhirServer } from './fhir-server.ts';

export interface FhirSourcePorts {
  readonly server: FhirServer;
  /** For attachments elsewhere: whoever wrote the answer chose where. */
  readonly fetch: Fetch;
}

/** A document as base64 in a resource, and the resource around it. */
const MAX_BINARY_BYTES = Math.ceil(MAX_DOCUMENT_BYTES / 3) * 4 + 64 * 1024;
/** Of all pages of one search together: what is attached to a reference itself is in them. */
const MAX_SEARCH_BYTES = 2 * MAX_BINARY_BYTES;
const MAX_PAGES = 10;

const FHIR = 'application/fhir+json';
const DOCUMENT = `text/xml, application/xml;q=0.9, application/hl7-v3+xml;q=0.9, ${FHIR};q=0.5`;

/** The record as a FHIR R4 server has it: the clinical documents that are current there, the newest first. */
export function fhirSource(settings: FhirSourceSettings, ports: FhirSourcePorts): RecordSource {
  return {
    async current(patient) {
      const identifier = identifierParameter(patient, settings);
      if (identifier === undefined) return done([]);
      const within = AbortSignal.timeout(settings.withinSeconds * 1000);
      const found = await foundFor(identifier, within, settings, ports.server);
      if (!found.ok) return found;
      const documents: Uint8Array[] = [];
      for (const each of newest(found.value, settings.atMostDocuments)) {
        const bytes = await documentOf(each, within, settings, ports);
        if (!bytes.ok) return bytes;
        documents.push(bytes.value);
      }
      return done(documents);
    },
  };
}

type Server = FhirServer;

async function foundFor(
  identifier: string,
  within: AbortSignal,
  settings: FhirSourceSettings,
  server: Server,
): Promise<Outcome<readonly Attached[]>> {
  if (settings.search === 'document-reference') {
    return pagesFrom(searchUrl(settings, identifier), within, settings, server);
  }
  const asked = { accept: FHIR, maxBytes: 64 * 1024, within };
  const answer = await server.get(patientUrl(settings, identifier), asked);
  if (!answer.ok) return answer;
  const page = readPage(answer.value.bytes);
  if (!page.ok) return page;
  const [patientId, ...others] = page.value.patients;
  if (others.length > 0) return fail('record/source-refused', 'SEVERAL PATIENTS');
  return patientId === undefined
    ? done([])
    : pagesFrom(docrefUrl(settings, patientId), within, settings, server);
}

/** All of them, or none: servers need not sort, so the newest may be on the last page. */
async function pagesFrom(
  first: string,
  within: AbortSignal,
  settings: FhirSourceSettings,
  server: Server,
): Promise<Outcome<readonly Attached[]>> {
  const documents: Attached[] = [];
  let leftBytes = MAX_SEARCH_BYTES;
  let url: string | undefined = first;
  for (let pages = 0; url !== undefined; pages += 1) {
    if (pages === MAX_PAGES) return fail('record/source-refused', 'TOO MANY PAGES');
    const answer = await server.get(url, { accept: FHIR, maxBytes: leftBytes, within });
    if (!answer.ok) return answer;
    leftBytes -= answer.value.bytes.length;
    const page = readPage(answer.value.bytes);
    if (!page.ok) return page;
    documents.push(...page.value.documents);
    const { next } = page.value;
    url = next === undefined ? undefined : atServer(next, settings)?.href;
    if (next !== undefined && url === undefined) {
      return fail('record/source-refused', 'NEXT PAGE ELSEWHERE');
    }
  }
  return done(documents);
}

async function documentOf(
  attached: Attached,
  within: AbortSignal,
  settings: FhirSourceSettings,
  { server, fetch }: FhirSourcePorts,
): Promise<Outcome<Uint8Array>> {
  if ('data' in attached) return done(Buffer.from(attached.data, 'base64'));
  const here = atServer(attached.url, settings);
  if (here) {
    const asked = { accept: DOCUMENT, maxBytes: MAX_BINARY_BYTES, within };
    const answer = await server.get(here.href, asked);
    return answer.ok ? readBinary(answer.value.contentType, answer.value.bytes) : answer;
  }
  // Without a token, and through the guard; and nothing about a patient is asked for in the open.
  if (!/^https:/i.test(attached.url)) return fail('record/source-refused', 'ATTACHMENT ELSEWHERE');
  const maxBytes = MAX_DOCUMENT_BYTES;
  const fetched = await fetch({ url: attached.url, accept: DOCUMENT, maxBytes, within });
  if (fetched.kind === 'fetched') return done(fetched.bytes);
  return fetched.fault === 'unreachable' || fetched.fault === 'too-slow'
    ? fail('record/source-unavailable', 'ATTACHMENT ELSEWHERE')
    : fail('record/source-refused', 'ATTACHMENT ELSEWHERE');
}

/** A URL that an answer names, when it leads to the server of the settings. */
function atServer(url: string, settings: FhirSourceSettings): URL | undefined {
  const base = new URL(`${settings.url}/`);
  const named = URL.parse(url, base.href);
  return named?.origin === base.origin && named.username === '' ? named : undefined;
}
