import { afterEach, describe, expect, test } from '@jest/globals';
import { httpFetch } from '../../../shared/adapters/http-fetch.ts';
import {
  type FhirDirectory,
  fhirPlaces,
} from '../../../shared/discover/places/fhir/fhir-places.ts';
import { foldedWords } from '../../../shared/discover/places/words.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { type FhirDirectoryServer, fhirDirectory } from '../../support/servers/fhir-directory.ts';
import { endpoint, LAKESIDE, organization, SMALL_DIRECTORY } from './fhir-samples.ts';
import { addressOf } from './samples.ts';

const servers: FhirDirectoryServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ close }) => close()));
});

async function serving(...given: Parameters<typeof fhirDirectory>): Promise<FhirDirectoryServer> {
  const server = await fhirDirectory(...given);
  servers.push(server);
  return server;
}

const fetch = httpFetch({ loopback: true, resolvers: '127.0.0.1:9' });

const find = (
  { baseUrl }: FhirDirectoryServer,
  typed: string,
  more: Partial<FhirDirectory> = {},
  limit = 20,
) => fhirPlaces({ baseUrl, deadlineSeconds: 5, fetch, ...more }).find(foldedWords(typed), limit);

const RECORDS = {
  name: 'Lakeside Clinic',
  address: addressOf('records@direct.lakeside.example'),
  place: '12 Shore Road, Lakeside, OR 97449',
  specialty: 'Healthcare Provider',
  telephone: '+1 555 0100',
};
const LEE = {
  name: 'Robin J. Lee, Lakeside Clinic',
  address: addressOf('dr.lee@direct.lakeside.example'),
  place: '1 Pier, Lakeside, OR',
  specialty: 'Cardiology',
};

const token = async () => done('secret');
const never = () => new Promise<never>(() => undefined);

describe('a FHIR directory', () => {
  test('finds organisations by name, with where they are', async () => {
    expect(await find(await serving(SMALL_DIRECTORY), 'clinic')).toEqual(done([RECORDS]));
  });

  test('finds practitioners by theirs, with where they work', async () => {
    expect(await find(await serving(SMALL_DIRECTORY), 'robin')).toEqual(done([LEE]));
  });

  test('is asked by the longest word, and what it answers is searched by all', async () => {
    const server = await serving(SMALL_DIRECTORY);
    expect(await find(server, 'or lakeside 97449')).toEqual(done([RECORDS]));
    expect(await find(server, 'lakeside portland')).toEqual(done([]));
    expect(server.asked.map(({ url }) => decodeURIComponent(url))).toContainEqual(
      expect.stringContaining('Organization?name:contains=lakeside&'),
    );
  });

  test('is read to its third page, and no further', async () => {
    const many = Array.from({ length: 9 }, (_, n) => [
      organization(`o${n}`, `Clinic ${n}`),
      endpoint(`o${n}`, `at${n}@direct.clinic.example`),
    ]).flat();
    const server = await serving(many, 2);
    const found = await find(server, 'clinic');
    expect(found.ok && found.value.map(({ name }) => name)).toEqual(
      Array.from({ length: 6 }, (_, n) => `Clinic ${n}`),
    );
    expect(await find(server, 'clinic', {}, 4)).toMatchObject({ value: { length: 4 } });
  });

  test.each<[string, number]>([
    ['?_getpages=7', 3],
    ['/page/2', 3],
    ['/../elsewhere?page=2', 1],
    ['elsewhere?page=2', 1],
  ])('has further pages at its base and under it, not beside it: %s', async (next, pages) => {
    const server = await serving([]);
    server.answer((_, response) => {
      const url = `${server.baseUrl}${next}`;
      response.end(page({ link: [{ relation: 'next', url }] }));
    });
    expect(await find(server, 'lakeside')).toEqual(done([]));
    // Organisations and practitioners.
    expect(server.asked).toHaveLength(2 * pages);
  });

  test.each([
    ['no endpoint that is active', endpoint('lakeside', 'a@b.example', { status: 'off' })],
    [
      'none by which Direct goes',
      endpoint('lakeside', 'a@b.example', { connectionType: { code: 'hl7-fhir-rest' } }),
    ],
    ['none with a Direct address', endpoint('lakeside', 'https://lakeside.example/fhir')],
    [
      'an address that would be two headers',
      endpoint('lakeside', 'a@b.example\r\nBcc: c@d.example'),
    ],
    ['none at all', { ...endpoint('other', 'a@b.example') }],
  ])('leaves out who has %s', async (_, each) => {
    expect(await find(await serving([LAKESIDE, each]), 'lakeside')).toEqual(done([]));
  });

  test('leaves out who is not active any more', async () => {
    const gone = { ...LAKESIDE, active: false };
    const server = await serving([gone, endpoint('lakeside', 'a@b.example')]);
    expect(await find(server, 'lakeside')).toEqual(done([]));
  });

  test('cannot bring markup, line ends or texts without end to anybody', async () => {
    const hostile = organization(
      'lakeside',
      `Lake<script>alert(1)</script>\u202e\r\n${'x'.repeat(5000)}`,
      {
        address: [{ text: '<img src=x onerror=alert(1)>Shore\u0000<img' }],
        telecom: [{ system: 'phone', value: 'javascript:alert(1)' }],
      },
    );
    const found = await find(await serving([hostile, endpoint('lakeside', 'a@b.example')]), 'lake');
    const [place] = found.ok ? found.value : [];
    expect(place).toMatchObject({ place: 'Shore img' });
    expect(place?.name).toMatch(/^Lake alert\(1\) x{50,200}$/);
    expect(place).not.toHaveProperty('telephone');
  });

  test('shows its token to nobody but the server that the settings name', async () => {
    const server = await serving(SMALL_DIRECTORY);
    const other = await serving(SMALL_DIRECTORY);
    server.answer((request, response) => {
      const next = `${other.baseUrl}/Organization?name:contains=lakeside`;
      const page = {
        resourceType: 'Bundle',
        type: 'searchset',
        link: [{ relation: 'next', url: next }],
      };
      response.end(JSON.stringify(page));
    });
    expect(await find(server, 'lakeside', { token })).toEqual(done([]));
    server.answer((_, response) => {
      response
        .writeHead(302, { location: `${other.baseUrl}/Organization?name:contains=lakeside` })
        .end();
    });
    expect(await find(server, 'lakeside', { token })).toMatchObject(
      fail('discover/places-unreachable'),
    );
    expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer secret']),
    );
    expect(other.asked).toEqual([]);
  });
});

const page = (more: object) =>
  JSON.stringify({ resourceType: 'Bundle', type: 'searchset', ...more });

describe('a FHIR directory that does not do its work', () => {
  test.each([
    ['no JSON', '<html>'],
    ['a name twice', '{"resourceType":"Bundle","resourceType":"Bundle","type":"searchset"}'],
    ['JSON without end', '['.repeat(100_000)],
    ['something else', '{"resourceType":"OperationOutcome"}'],
    ['a bundle of another type', page({ type: 'history' })],
    ['entries that are no list', page({ entry: { resource: LAKESIDE } })],
    ['more entries than were asked for', page({ entry: Array.from({ length: 501 }, () => ({})) })],
  ])('discover/places-malformed: it answers %s', async (_, body) => {
    const server = await serving([]);
    server.answer((_request, response) => void response.end(body));
    expect(await find(server, 'lakeside')).toEqual(fail('discover/places-malformed'));
  });

  test.each<[string, Parameters<FhirDirectoryServer['answer']>[0]]>([
    ['refuses', (_, response) => void response.writeHead(403).end()],
    ['breaks', (_, response) => void response.writeHead(500).end()],
    ['leads elsewhere', (_, response) => void response.writeHead(302, { location: '/' }).end()],
    ['hangs up', (request) => void request.socket.destroy()],
    ['says more than a megabyte', (_, response) => void response.end(' '.repeat(1024 * 1024 + 1))],
    ['says nothing', () => undefined],
    [
      'says it drop by drop',
      (_, response) => void setInterval(() => response.write(' '), 50).unref(),
    ],
  ])('discover/places-unreachable: it %s', async (_, behaviour) => {
    const server = await serving([]);
    server.answer(behaviour);
    const begun = Date.now();
    const found = await find(server, 'lakeside', { deadlineSeconds: 0.3 });
    expect(found).toMatchObject({ ok: false, failure: { code: 'discover/places-unreachable' } });
    expect(Date.now() - begun).toBeLessThan(5000);
  });

  test('discover/places-unreachable: whoever gives tokens gives none', async () => {
    const refused = fail('discover/places-unreachable');
    const server = await serving(SMALL_DIRECTORY);
    expect(await find(server, 'lakeside', { token: async () => refused })).toEqual(refused);
    expect(server.asked).toEqual([]);
    expect(await find(server, 'lakeside', { token: never, deadlineSeconds: 0.1 })).toMatchObject(
      refused,
    );
  });

  test('takes nothing from others by resources that cannot be read', async () => {
    const broken = [
      null,
      7,
      { resourceType: 'Endpoint' },
      { ...LAKESIDE, id: '../x' },
      { ...LAKESIDE, name: 7 },
    ];
    const server = await serving([]);
    const good = [LAKESIDE, endpoint('lakeside', 'records@direct.lakeside.example')];
    server.answer(
      (_, response) =>
        void response.end(page({ entry: [...broken, ...good].map((resource) => ({ resource })) })),
    );
    expect(await find(server, 'lakeside')).toMatchObject({
      ok: true,
      value: [{ name: 'Lakeside Clinic' }],
    });
  });
});
