import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Principal } from '../../../shared/edge/identity/principal.ts';
import type { DirectAddress, RequestId } from '../../../shared/ids.ts';
import { done, fail } from '../../../shared/outcome.ts';
import { ANA, BEN, type HttpWorld, httpWorld, PROVIDER } from '../http-world.ts';
import { consented, SHARE, share } from '../steps.ts';

let world: HttpWorld;
beforeEach(async () => {
  world = await httpWorld();
});

const find = (query = '', as: Principal = ANA, headers = {}) =>
  world.ask(`GET /v1/directory${query}`, { as, headers });

const LEE = {
  name: 'Lee Family Practice',
  address: 'dr.lee@direct.clinic.example',
  place: 'Lakeside, OR',
  specialty: 'Family medicine',
};
const LAKESIDE = { name: 'Lakeside Clinic', address: 'records@direct.lakeside.example' };

describe('the lists of places', () => {
  test('are searched by all words, and say from which list each place is', async () => {
    expect(await find('?q=lakeside')).toMatchObject({
      status: 200,
      body: {
        places: [
          { ...LAKESIDE, source: 'holder' },
          { ...LEE, source: 'holder' },
        ],
      },
    });
    expect((await find('?q=LAKESIDE%20family')).body).toEqual({
      places: [{ ...LEE, source: 'holder' }],
    });
    expect((await find('?q=lakeside&limit=1')).body.places).toHaveLength(1);
  });

  test('of which one fails take nothing from the other, and it is said that there may be more', async () => {
    world.lists.push({ source: 'fhir', find: async () => fail('discover/places-unreachable') });
    expect(await find('?q=family')).toMatchObject({
      status: 200,
      body: {
        places: [{ ...LEE, source: 'holder' }],
        incomplete: true,
        code: 'discover/places-unreachable',
        sentence: expect.stringContaining('may be more'),
      },
    });
  });

  test('name each address once, in the words of the first list', async () => {
    const address = 'Dr.Lee@direct.clinic.example' as DirectAddress;
    const other = { name: 'Family of Lee', address };
    world.lists.push({ source: 'fhir', find: async () => done([other]) });
    expect((await find('?q=family')).body.places).toEqual([{ ...LEE, source: 'holder' }]);
  });

  test.each([
    ['one letter', '?q=l'],
    ['signs only', '?q=%3F%3F%3F'],
    ['more than a hundred characters', `?q=${'l'.repeat(101)}`],
    ['nine words', '?q=a%20b%20c%20d%20e%20f%20g%20h%20i'],
    ['no place', '?q=lee&limit=0'],
    ['fifty-one places', '?q=lee&limit=51'],
    ['something that there is not', '?q=lee&near=me'],
  ])('edge/malformed: %s', async (_, query) => {
    expect(await find(query)).toMatchObject({ status: 400, body: { code: 'edge/malformed' } });
  });
});

const addresses = async (query: string, as?: Principal) =>
  (await find(query, as)).body.places.map(
    ({ source, address }: { source: string; address: string }) => `${source} ${address}`,
  );

describe('recent addresses', () => {
  const own = 'someone@direct.elsewhere.example';
  beforeEach(async () => {
    await consented(world);
    await share(world, { json: { ...SHARE, addresses: [own, LEE.address], frequency: 'once' } });
  });

  test('are the patient’s alone when nothing is searched for, by the name that the list has', async () => {
    expect((await find()).body).toEqual({
      places: [
        { name: own, address: own, source: 'recent' },
        { ...LEE, source: 'recent' },
      ],
    });
    expect(await addresses('?q=')).toHaveLength(2);
  });

  test('come before all others, and once', async () => {
    expect(await addresses('?q=lakeside')).toEqual([
      `recent ${LEE.address}`,
      `holder ${LAKESIDE.address}`,
    ]);
  });

  test('are found by all that one may remember of one’s own', async () => {
    expect(await addresses('?q=someone')).toEqual([`recent ${own}`]);
    expect(await addresses('?q=elsewhere')).toEqual([`recent ${own}`]);
  });

  test('are shown to nobody else', async () => {
    expect(await addresses('', BEN)).toEqual([]);
    expect(await addresses('?q=someone', BEN)).toEqual([]);
    expect(await addresses('', PROVIDER)).toEqual([]);
    expect(await find('?patientId=ana', BEN)).toMatchObject({
      status: 403,
      body: { code: 'edge/forbidden' },
    });
  });

  test('are shown to a provider who names the patient', async () => {
    expect(await addresses('?patientId=ana', PROVIDER)).toHaveLength(2);
    expect(await find('?patientId=ben', PROVIDER)).toMatchObject({ status: 404 });
    expect(await find('?patientId=%2F', PROVIDER)).toMatchObject({
      body: { code: 'patient/bad-id' },
    });
  });

  test('are of the one patient who is named, where a token is for several', async () => {
    const both = { ...ANA, kind: 'representative' as const, patients: ['ana', 'ben'] };
    expect(await addresses('', both)).toEqual([]);
    expect(await addresses('?patientId=ana', both)).toHaveLength(2);
  });

  test('are not shown to a representative whose authority has ended, to whom the lists stay open', async () => {
    const authority = { relationship: 'guardian', until: '2026-11-22T11:59:59.000Z' };
    const ended = { ...ANA, kind: 'representative' as const, authority };
    expect(await addresses('?q=lakeside', ended)).toEqual([
      `holder ${LAKESIDE.address}`,
      `holder ${LEE.address}`,
    ]);
    expect((await find('?patientId=ana', ended)).body.code).toBe('consent/authority-ended');
  });

  test('leave out what a system had sent without being asked', async () => {
    const { requests, keyOf } = world.ports;
    const [request] = await requests.list(keyOf('ana' as never));
    if (!request) throw new Error('no request');
    const attested = {
      ...request,
      id: 'req_attested' as RequestId,
      directive: { ...request.directive, basis: 'holder-attested' as const },
      addresses: {
        x: { address: 'not@asked.example' as DirectAddress, status: 'active' as const },
      },
    };
    await requests.create(attested, 1);
    expect(await addresses('')).toHaveLength(2);
  });
});
