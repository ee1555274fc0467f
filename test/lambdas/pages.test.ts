import { beforeEach, describe, expect, test } from '@jest/globals';
import { ADMIN, ANA, type Answered, BEN, type HttpWorld, httpWorld } from './http-world.ts';
import { expectRefused } from './refused.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import { ACCEPTED, consented, key, register, SHARE } from './steps.ts';

let world: HttpWorld;
beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
});

const OF_ANA = '/v1/patients/ana';

/** How the lists of the API are filled with three more things, one a second. */
const LISTS = {
  'GET /v1/patients/{patientId}/consents': {
    name: 'consents',
    at: `${OF_ANA}/consents`,
    as: ANA,
    add: (n: number) =>
      world.ask(`POST ${OF_ANA}/consents`, { as: ANA, json: ACCEPTED, headers: key(`more-${n}`) }),
  },
  'GET /v1/patients/{patientId}/transmit-requests': {
    name: 'transmitRequests',
    at: `${OF_ANA}/transmit-requests`,
    as: ANA,
    add: (n: number) =>
      world.ask(`POST ${OF_ANA}/transmit-requests`, {
        as: ANA,
        json: SHARE,
        headers: key(`share-${n}`),
      }),
  },
  'GET /v1/webhooks': {
    name: 'webhooks',
    at: '/v1/webhooks',
    as: ADMIN,
    add: (n: number) =>
      world.ask('POST /v1/webhooks', {
        as: ADMIN,
        json: { url: `https://ehr.example/told/${n}` },
        headers: key(`hook-${n}`),
      }),
  },
} as const;

const idsIn = ({ body }: Answered, name: string): readonly string[] =>
  (body[name] as readonly { readonly id: string }[]).map(({ id }) => id);

describe.each(Object.values(LISTS))('$name', ({ name, at, as, add }) => {
  const page = (query = '') => world.ask(`GET ${at}${query}`, { as });
  const filled = async () => {
    for (const n of [1, 2, 3]) {
      world.at(`2026-11-22T12:00:0${n}.000Z`);
      expect(await add(n)).toMatchObject({ status: 201 });
    }
    return idsIn(await page(), name);
  };

  test('come in pages, the newest first, and each links to the next', async () => {
    const all = await filled();
    const first = await page('?limit=2');
    const link = /^<(\?[^>]+)>; rel="next"$/.exec(String(first.headers['link']))?.[1] ?? '';
    const second = await page(link);
    expect([...idsIn(first, name), ...idsIn(second, name)]).toEqual(all.slice(0, 4));
    expect(link).toContain(first.body.nextCursor);
  });

  test('edge/bad-cursor: of whatever else', async () => {
    await filled();
    const { nextCursor } = (await page('?limit=1')).body;
    for (const other of Object.values(LISTS).filter((each) => each.name !== name)) {
      await expectRefused(world, 'edge/bad-cursor', () =>
        world.ask(`GET ${other.at}?cursor=${nextCursor}`, { as: other.as }),
      );
    }
  });
});

test('edge/bad-cursor: of another patient', async () => {
  await register(world, 'ben', { identifiers: [{ system: '2.16.840', value: 'B-1' }] });
  for (const n of [1, 2]) await LISTS['GET /v1/patients/{patientId}/transmit-requests'].add(n);
  const both = { ...ANA, patients: ['ana', 'ben'] };
  const of = (id: string, query: string) =>
    world.ask(`GET /v1/patients/${id}/transmit-requests${query}`, { as: both });
  const { nextCursor } = (await of('ana', '?limit=1')).body;
  expect(await of('ana', `?cursor=${nextCursor}`)).toMatchObject({ status: 200 });
  await expectRefused(world, 'edge/bad-cursor', () => of('ben', `?cursor=${nextCursor}`));
  await expectRefused(world, 'edge/bad-cursor', () =>
    world.ask(`GET ${OF_ANA}/transmit-requests?cursor=${nextCursor}`, { as: ANA_AT_ANOTHER_TIME }),
  );
});

const ANA_AT_ANOTHER_TIME = { ...ANA, subject: 'somebody-else' };

test('every route that says that it answers pages looks at the limit', async () => {
  await register(world, 'ben', { identifiers: [{ system: '2.16.840', value: 'B-1' }] });
  const paged = ROUTES.filter((route) => 'page' in route && route.page);
  expect(paged.length).toBeGreaterThan(3);
  for (const { method, path, kinds } of paged) {
    const as = (kinds as readonly string[]).includes('patient') ? BEN : ADMIN;
    const asked = `${method} ${path.replace('{patientId}', 'ben')}?limit=0`;
    expect([asked, (await world.ask(asked, { as })).body.errors]).toEqual([
      asked,
      [{ pointer: '', code: 'bad-limit' }],
    ]);
  }
});
