import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

type Resource = { readonly resourceType: string; readonly id: string } & Record<string, unknown>;

export interface FhirDirectoryServer {
  readonly baseUrl: string;
  /** What was asked: path and query, and what was shown. */
  readonly asked: readonly { readonly url: string; readonly authorization: string | undefined }[];
  /** From now on it answers so; undefined: as a directory does. */
  readonly answer: (instead: RequestListener | undefined) => void;
  readonly close: () => Promise<void>;
}

/** Which words of a resource a search is about, and which of its references may be included. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  Organization: ['name:contains'],
  PractitionerRole: ['practitioner.name'],
};

/** A directory of FHIR R4 with its own pages: the search of names, `_include`, `_count` and `_offset`, and no more. */
export async function fhirDirectory(
  resources: readonly Resource[],
  resultsAPage = 50,
): Promise<FhirDirectoryServer> {
  const asked: { url: string; authorization: string | undefined }[] = [];
  let instead: RequestListener | undefined;
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    if (instead) return instead(request, response);
    const answer = searched(request, resources, resultsAPage);
    response.setHeader('content-type', 'application/fhir+json');
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    asked,
    answer: (next) => void (instead = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function searched(
  { url = '', headers }: IncomingMessage,
  resources: readonly Resource[],
  resultsAPage: number,
): object {
  const { href, searchParams, pathname } = new URL(url, `http://${headers.host}`);
  const type = pathname.split('/').at(-1) ?? '';
  const byId = new Map(resources.map((each) => [`${each.resourceType}/${each.id}`, each]));
  const wanted = (NAMES[type] ?? []).map((name) => searchParams.get(name) ?? '').join('');
  const named = ({ name, practitioner }: Resource): string =>
    JSON.stringify([name, practitioner, byId.get(referenceIn(practitioner))?.['name']]);
  const found = resources.filter(
    (each) =>
      each.resourceType === type && named(each).toLowerCase().includes(wanted.toLowerCase()),
  );
  const offset = Number(searchParams.get('_offset') ?? 0);
  const matches = found.slice(offset, offset + resultsAPage);
  const included = searchParams
    .getAll('_include')
    .flatMap((path) => matches.flatMap((each) => referencesIn(each[path.split(':')[1] ?? ''])))
    .flatMap((reference) => byId.get(reference) ?? []);
  const next = new URL(href);
  next.searchParams.set('_offset', String(offset + resultsAPage));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: found.length > offset + resultsAPage ? [{ relation: 'next', url: next.href }] : [],
    entry: [...matches, ...included].map((resource) => ({ resource })),
  };
}

const referenceIn = (value: unknown): string =>
  (value as { readonly reference?: string } | undefined)?.reference ?? '';

const referencesIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map(referenceIn);
