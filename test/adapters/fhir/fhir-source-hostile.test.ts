import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sampleCcda } from '../../support/ccda.ts';
import type { Said } from '../../support/servers/fhir-server.ts';
import {
  bundle,
  ELSEWHERE,
  fhirWorld,
  reference,
  SEARCH,
  textsIn,
  type FhirWorld,
} from './fhir-world.ts';

const CCDA = Buffer.from(sampleCcda());
const speaking =
  (status: number, headers: object = {}) =>
  (response: { writeHead: (status: number, headers: object) => { end: (text: string) => void } }) =>
    response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end('{}');

let world: FhirWorld;
beforeEach(async () => {
  world = await fhirWorld();
});
afterEach(() => world.close());

describe('what is no answer', () => {
  test.each<[string, Said, string]>([
    ['503', speaking(503), 'record/source-unavailable'],
    ['429', speaking(429), 'record/source-unavailable'],
    ['403', speaking(403), 'record/source-unavailable'],
    ['404', speaking(404), 'record/source-refused'],
    ['a redirect', speaking(302, { location: ELSEWHERE }), 'record/source-refused'],
    [
      'an answer that is packed',
      speaking(200, { 'content-encoding': 'gzip' }),
      'record/source-refused',
    ],
    [
      'broken off',
      (response) => void response.writeHead(200).destroy(),
      'record/source-unavailable',
    ],
    [
      'no JSON',
      { type: 'application/fhir+json', bytes: Buffer.from('<html>') },
      'record/source-refused',
    ],
    [
      'no UTF-8',
      { type: 'application/fhir+json', bytes: Buffer.from([0xff]) },
      'record/source-refused',
    ],
    ['no Bundle', { resourceType: 'Patient' }, 'record/source-refused'],
    [
      'a Bundle of another type',
      { resourceType: 'Bundle', type: 'message' },
      'record/source-refused',
    ],
    [
      'a reference without content',
      bundle([reference({}, { content: [] })]),
      'record/source-refused',
    ],
    [
      'JSON that is nested without end',
      { type: 'application/fhir+json', bytes: Buffer.from('['.repeat(100_000)) },
      'record/source-refused',
    ],
  ])('%s', async (_, said, code) => {
    world.has(SEARCH, said);
    expect(textsIn(await world.current())).toBe(code);
    expect(world.web.asked).toEqual([]);
  });

  test('record/source-refused: more than is read', async () => {
    world.has(SEARCH, (response) => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      const piece = Buffer.alloc(1_000_000, ' ');
      const pour = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    expect(textsIn(await world.current())).toBe('record/source-refused');
  });

  test('record/source-unavailable: nothing comes in time', async () => {
    world.has(SEARCH, () => undefined);
    expect(textsIn(await world.current({ withinSeconds: 1 }))).toBe('record/source-unavailable');
  });

  test.each<[string, object, Said, string]>([
    ['HTML', { url: 'Binary/1' }, { type: 'text/html', bytes: CCDA }, 'record/source-refused'],
    [
      'a Binary of another type',
      { url: 'Binary/1' },
      { resourceType: 'Binary', contentType: 'application/pdf', data: 'cGRm' },
      'record/source-refused',
    ],
    ['nothing', { url: 'Binary/2' }, {}, 'record/source-refused'],
    ['elsewhere, in clear', { url: 'http://elsewhere.example/1' }, {}, 'record/source-refused'],
    ['elsewhere, no URL', { url: 'https://user@elsewhere.example/1' }, {}, 'record/source-refused'],
  ])('the document itself is %s', async (_, attachment, said, code) => {
    world.has(SEARCH, bundle([reference(attachment)]));
    world.has('/Binary/1', said);
    expect(textsIn(await world.current())).toBe(code);
  });

  test.each([
    ['unreachable', 'record/source-unavailable'],
    ['too-slow', 'record/source-unavailable'],
    ['blocked', 'record/source-refused'],
    ['too-large', 'record/source-refused'],
  ] as const)('elsewhere it is %s: %s', async (fault, code) => {
    world.has(SEARCH, bundle([reference({ url: ELSEWHERE })]));
    world.web.break(ELSEWHERE, fault);
    expect(textsIn(await world.current())).toBe(code);
  });
});
