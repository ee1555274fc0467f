import { beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { FailureCode } from '../../../shared/failures.ts';
import { cases } from '../../support/counts.ts';
import { LONG_MS, mutationsOf } from '../../support/mutations.ts';
import {
  ANA,
  encounter,
  focusOn,
  inR4,
  inR5,
  type Noted,
  noted,
  report,
  SPELLINGS,
  SUBSCRIPTION,
} from '../../trigger/fhir/notifications.ts';
import { type HttpWorld, httpWorld, SYSTEM } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { consented, MRN, register } from '../steps.ts';

const FHIR = 'application/fhir+json';

let world: HttpWorld;

beforeEach(async () => {
  world = await httpWorld();
  await consented(world);
});

const post = (body: string | Uint8Array, type = FHIR) =>
  world.ask('POST /v1/events', {
    as: SYSTEM,
    ...(typeof body === 'string' ? { body } : { bytes: body }),
    headers: { 'content-type': type },
  });

const refused = (code: FailureCode, notification: unknown, type = FHIR) =>
  expectRefused(world, code, () => post(JSON.stringify(notification), type));

describe.each(SPELLINGS)('an event as %s writes it is refused', (_, written) => {
  const alone: readonly (readonly [FailureCode, string, Noted])[] = [
    [
      'trigger/unknown-type',
      'a focus of a type that nobody waits for',
      noted(1, { focus: { reference: 'Observation/1' } }),
    ],
    [
      'trigger/unknown-type',
      'a focus that is named by a URN',
      noted(1, { focus: { reference: 'urn:uuid:1' } }),
    ],
    [
      'trigger/unknown-type',
      'no focus',
      { number: 1, context: [ANA], timestamp: '2026-11-22T11:00:00Z' },
    ],
    ['trigger/patient-unnamed', 'no patient', noted(1, { context: [] })],
    [
      'trigger/patient-unnamed',
      'two patients',
      noted(1, { context: [ANA, { reference: 'Patient/ben' }] }),
    ],
    ['trigger/patient-unnamed', 'a group', noted(1, { context: [{ reference: 'Group/ana' }] })],
    [
      'patient/unknown',
      'a patient whom nobody knows',
      noted(1, { context: [{ reference: 'Patient/nobody' }] }),
    ],
    ['trigger/bad-time', 'no time', noted(1, { timestamp: undefined })],
    ['trigger/bad-time', 'a time to come', noted(1, { timestamp: '2026-11-22T13:00:00Z' })],
    ['trigger/bad-time', 'a time without zone', noted(1, { timestamp: '2026-11-22T11:00:00' })],
  ];
  test.each(alone)('%s: %s', async (code, _claim, event) => {
    await refused(code, written([event]));
  });

  test('trigger/event-id-reused: another event under a number that was used', async () => {
    await post(JSON.stringify(written([noted(1)])));
    await refused(
      'trigger/event-id-reused',
      written([noted(1, { focus: { reference: 'DiagnosticReport/1' } })]),
    );
  });

  test('patient/ambiguous: an identifier of two', async () => {
    await register(world, 'ben');
    const context = [{ type: 'Patient', identifier: MRN }];
    await refused('patient/ambiguous', written([noted(1, { context })]));
  });

  test('patient/ambiguous: an id of one and an identifier of another', async () => {
    await register(world, 'ben', { identifiers: [{ ...MRN, value: 'MRN-0002' }] });
    const patient = { resourceType: 'Patient', id: 'ben', identifier: [MRN] };
    const context = [{ reference: 'Patient/ben' }];
    await refused('patient/ambiguous', written([noted(1, { context })], { resources: [patient] }));
  });

  test('trigger/patient-unnamed: a subject that is a group, whoever stands beside it', async () => {
    const resource = encounter({ subject: { reference: 'Group/g' } });
    await refused('trigger/patient-unnamed', written([noted(1)], { resources: [resource] }));
  });

  test('trigger/patient-unnamed: one patient in the bundle, of two events', async () => {
    const patient = { resourceType: 'Patient', id: 'ana' };
    const events = [noted(1, { context: [] }), noted(2, { context: [] })];
    const { body } = await post(JSON.stringify(written(events, { resources: [patient] })));
    expect(body.results).toMatchObject([
      { code: 'trigger/patient-unnamed' },
      { code: 'trigger/patient-unnamed' },
    ]);
  });

  test.each(['query-status', 'query-event', 'odd'])('edge/malformed: type %s', async (type) => {
    await refused('edge/malformed', written([noted(1)], { type }));
  });

  test('edge/malformed: an event-notification without event', async () => {
    await refused('edge/malformed', written([]));
  });

  test('edge/malformed: 101 events', async () => {
    await refused('edge/malformed', written(Array.from({ length: 101 }, (__, n) => noted(n + 1))));
  });

  test.each([
    ['a status that is a number', report({ status: 7 })],
    ['a subject that is text', report({ subject: 'Patient/ana' })],
    ['an identifier that is text', { resourceType: 'Patient', id: 'ana', identifier: 'x' }],
    ['an id with a line break', encounter({ id: 'a\r\nb' })],
  ])('edge/malformed: a resource with %s', async (__, resource) => {
    const focus = focusOn(resource);
    await refused('edge/malformed', written([noted(1, { focus })], { resources: [resource] }));
  });
});

const GOOD = JSON.stringify(inR4([noted(1)]));
const padded = (length: number) => GOOD.replace('n-1', 'n'.repeat(length));

describe('a body is refused', () => {
  const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
  const malformed: readonly (readonly [string, string])[] = [
    ['no JSON', '{'],
    ['another resource', JSON.stringify(encounter())],
    ['a bundle of another type', GOOD.replace('"history"', '"transaction"')],
    ['a bundle without entries', JSON.stringify({ ...inR4([]), entry: [] })],
    ['a history that begins with something else', GOOD.replace('"Parameters"', '"Basic"')],
    ['no subscription', GOOD.replace('"subscription"', '"x-subscription"')],
    ['a subscription with a line break', GOOD.replace(SUBSCRIPTION, String.raw`a\r\nb`)],
    ['no event number', GOOD.replace('"event-number"', '"x-number"')],
    ['a number that is none', GOOD.replace('"valueString":"1"}', '"valueString":"one"}')],
    ['a negative number', GOOD.replaceAll('"valueString":"1"', '"valueInteger":-1')],
    ['a polluting name', GOOD.replace('"id":', '"__proto__":{},"id":')],
    ['depth', GOOD.replace('"id":', `"deep":${deep},"id":`)],
    ['too many values', GOOD.replace('"id":', `"many":[${'0,'.repeat(50_000)}0],"id":`)],
  ];
  test.each(malformed)('edge/malformed: %s', async (_, body) => {
    expect(body).not.toBe(GOOD);
    await expectRefused(world, 'edge/malformed', () => post(body));
  });

  test('edge/malformed: invalid UTF-8', async () => {
    const bytes = Buffer.from(GOOD.replace('n-1', '\u0001'));
    bytes[bytes.indexOf(1)] = 0xff;
    await expectRefused(world, 'edge/malformed', () => post(bytes));
  });

  test('edge/too-large: more than a megabyte, where 300 kB of resources are taken', async () => {
    expect((await post(padded(300 * 1024))).status).toBe(202);
    await expectRefused(world, 'edge/too-large', () => post(padded(1024 * 1024)));
  });

  test.each([
    'application/fhir+xml',
    'application/json+fhir',
    `${FHIR}; fhirVersion=3.0`,
    `${FHIR}; fhirVersion="6.0"`,
  ])('edge/unsupported-media: %s', async (type) => {
    await refused('edge/unsupported-media', inR4([noted(1)]), type);
  });

  test.each([`${FHIR}; fhirVersion=4.3`, `${FHIR}; charset=utf-8; fhirVersion="5.0"`, FHIR])(
    'but not %s',
    async (type) => {
      expect((await post(JSON.stringify(inR5([noted(1)])), type)).status).toBe(202);
    },
  );
});

const RESOURCE = encounter({ class: { code: 'IMP' } });
const EVENTS = [noted(1, { focus: focusOn(RESOURCE) }), noted(2)];
const written = fc
  .constantFrom(inR4, inR5)
  .map((as) => JSON.stringify(as(EVENTS, { resources: [RESOURCE] })));

/** Still JSON: one value of it is another, or gone. */
const otherwise = fc
  .tuple(written, fc.nat(200), fc.option(fc.jsonValue({ maxDepth: 2 }), { nil: undefined }))
  .map(([text, chosen, other]) => {
    let at = 0;
    const root: unknown = JSON.parse(text, (_, value: unknown) =>
      at++ === chosen ? other : value,
    );
    return Buffer.from(JSON.stringify(root) ?? '');
  });

test(
  'whatever is made of a notification, it is taken, ignored or refused, and nothing breaks',
  async () => {
    const bytes = fc.oneof(
      { weight: 1, arbitrary: written.chain((text) => mutationsOf(Buffer.from(text))) },
      { weight: 3, arbitrary: otherwise },
    );
    const seen = new Set<number | undefined>();
    await fc.assert(
      fc.asyncProperty(bytes, async (mutated) => {
        const { status } = await post(mutated);
        seen.add(status);
        expect([200, 202, 400, 404, 409, 422]).toContain(status);
      }),
      { numRuns: cases(300, 10_000) },
    );
    expect([...seen]).toEqual(expect.arrayContaining([202, 400]));
  },
  LONG_MS,
);
