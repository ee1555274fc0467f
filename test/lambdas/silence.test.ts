import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { FAILURES } from '../../shared/failures.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import { cases } from '../support/counts.ts';
import { ADMIN, ANA, BEN, httpWorld, type HttpWorld, PROVIDER, SYSTEM } from './http-world.ts';
import { ACCEPTED, consented, key, PERSON, SHARE } from './steps.ts';

const WHO = { patient: ANA, representative: ANA, provider: PROVIDER, system: SYSTEM, admin: ADMIN };

/** What callers have to say that is nobody else's business: no word of ours, no word of a problem. */
const CANARIES = [
  'zq-rivera',
  'Zq Wohlgemuth-Ñandú',
  'zq.lee@direct.zqclinic.example',
  'ZQ-MRN-0007',
  '1931-12-24',
  'https://zq.example/told?token=zqzq',
  'zq\r\nX-Injected: yes',
  '<zq>',
];
const canary = fc.constantFrom(...CANARIES);

/** Bodies that are right, to be spoilt. */
const BODIES: readonly object[] = [PERSON, ACCEPTED, SHARE, { url: 'https://ehr.example/told' }];

const spoilt = fc
  .tuple(fc.constantFrom(...BODIES), canary, fc.nat(), fc.integer({ min: 0, max: 3 }))
  .map(([body, said, at, how]) => {
    const names = Object.keys(body);
    const name = names[at % names.length] ?? '';
    switch (how) {
      case 0:
        return JSON.stringify({ ...body, [name]: said });
      case 1:
        return JSON.stringify({ ...body, [said]: said });
      case 2:
        return JSON.stringify({ ...body, [name]: [{ [said]: { [said]: said } }] });
      default:
        return `${JSON.stringify({ ...body, [name]: said }).slice(0, -1)},"${said}`;
    }
  });

const body = fc.oneof(
  spoilt,
  fc
    .jsonValue({ maxDepth: 4 })
    .chain((value) => canary.map((said) => JSON.stringify({ [said]: value, said }))),
  canary,
  canary.map((said) => JSON.stringify(said)),
);

const bodied = ROUTES.filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method));

async function refusals(
  world: HttpWorld,
  text: string,
  route: (typeof bodied)[number],
  id: string,
) {
  const path = route.path.replaceAll('{patientId}', 'ana').replaceAll(/\{\w+\}/g, id);
  const kind = route.kinds[0] as keyof typeof WHO;
  return world.ask(`${route.method} ${path}`, {
    as: WHO[kind],
    body: text,
    headers: { 'content-type': 'application/json', ...key('k'), 'if-match': '"zq-1"' },
  });
}

test('no problem says again anything that a caller said, and no line of the log does', async () => {
  const world = await httpWorld();
  await consented(world);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...bodied), body, canary, async (route, text, said) => {
      world.lines.splice(0);
      const id = encodeURIComponent(said);
      const { status = 0, body: problem } = await refusals(world, text, route, id);
      const logged = world.lines.join('').toLowerCase();
      expect(logged).not.toMatch(/zq|1931-12-24/);
      if (status < 400 || problem === undefined || Buffer.isBuffer(problem)) return;
      expect(JSON.stringify(problem).toLowerCase()).not.toMatch(/zq|1931-12-24/);
    }),
    { numRuns: cases(400, 3000) },
  );
});

test('what broke on what a caller said is told by its place alone', async () => {
  const world = await httpWorld();
  await consented(world);
  const broken = { ...world.ports.patients };
  for (const name of Object.keys(broken)) {
    Object.assign(world.ports.patients, {
      [name]: (...given: unknown[]) => Promise.reject(new Error(JSON.stringify(given))),
    });
  }
  const json = { ...PERSON, name: { family: 'Zq-Rivera', given: ['Zqana'] } };
  const answered = await world.ask('PUT /v1/patients/zq-0007', { as: SYSTEM, json });
  expect(answered).toMatchObject({ status: 500, body: { code: 'edge/failed' } });
  expect(JSON.stringify(answered.body) + world.lines.join('')).not.toMatch(/zq|MRN|1984/i);
  expect(world.lines.join('')).toContain('"http-failed"');
});

test('of two patients of whom one exists, nobody else learns which', async () => {
  const world = await httpWorld();
  await consented(world);
  const of = (id: string) => world.ask(`GET /v1/patients/${id}/consents`, { as: BEN });
  expect(await of('ana')).toEqual(await of('nobody'));
  expect((await of('ana')).body.detail).toBe(FAILURES['edge/forbidden'].says);
});

const NULLABLE = [
  ['PUT /v1/patients/ana', SYSTEM, PERSON],
  ['POST /v1/patients/ana/consents', ANA, ACCEPTED],
  ['POST /v1/patients/ana/transmit-requests', ANA, { ...SHARE, until: '2027-01-01T00:00:00Z' }],
  ['POST /v1/webhooks', ADMIN, { url: 'https://ehr.example/told', types: ['record.needed'] }],
] as const;

test.each(NULLABLE)('edge/malformed: %s takes nothing for a value', async (asked, as, right) => {
  const world = await httpWorld();
  await consented(world);
  for (const name of Object.keys(right)) {
    const json = { ...right, [name]: null };
    const { body: problem } = await world.ask(asked, { as, json, headers: key('k') });
    expect([name, problem.code, problem.errors[0].pointer]).toEqual([
      name,
      'edge/malformed',
      `/${name}`,
    ]);
  }
});
