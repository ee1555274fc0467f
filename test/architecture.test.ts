import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FAILURES } from '../shared/failures.ts';
import { PATH } from '../shared/path.ts';
import { importsOf, type Import } from './support/imports.ts';
import { ENV_READS, INFRA_READS, mayImport, MODULES, placeOf } from './support/law.ts';

const ROOT = resolve(import.meta.dirname, '..');

const FILES = ['shared', 'lambdas', 'infra', 'portal', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`),
);

const sourceOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const linesOf = (path: string): number => sourceOf(path).trimEnd().split('\n').length;
const countOf = (path: string, text: string): number => sourceOf(path).split(text).length - 1;
const isLocal = ({ from }: Import): boolean => from.startsWith('.');
const targetOf = (path: string, { from }: Import): string =>
  relative(ROOT, resolve(ROOT, dirname(path), from)).replaceAll('\\', '/');

const EDGES = FILES.filter((path) => /\.tsx?$/.test(path)).flatMap((path) =>
  importsOf(sourceOf(path)).map((each) => ({ path, ...each, place: placeOf(path) })),
);

describe('the law of the tree', () => {
  test('every file has a place: in shared, a folder is a word of the path, adapters or edge', () => {
    expect(FILES.filter((path) => placeOf(path).kind === 'outlaw')).toEqual([]);
  });

  test('nobody imports whom the law does not let them', () => {
    const broken = EDGES.filter(isLocal)
      .filter((edge) => !mayImport(edge.place, placeOf(targetOf(edge.path, edge)), edge.typeOnly))
      .map((edge) => `${edge.path} -> ${targetOf(edge.path, edge)}`);
    expect(broken).toEqual([]);
  });

  test('infra reads settings and metrics of shared, env.ts reads env.ts, and nothing else of it', () => {
    const strays = EDGES.filter(isLocal)
      .map((edge) => ({ ...edge, target: targetOf(edge.path, edge) }))
      .filter(({ target }) => target.startsWith('shared/'))
      .filter(({ path, place, target }) =>
        place.kind === 'infra'
          ? !INFRA_READS.includes(target)
          : path.endsWith('/env.ts') && place.kind === 'lambda' && !ENV_READS.includes(target),
      )
      .map(({ path, target }) => `${path} -> ${target}`);
    expect(strays).toEqual([]);
  });

  test('each place uses only the modules it is allowed', () => {
    const strays = EDGES.filter((edge) => !isLocal(edge))
      .filter(({ place, from, typeOnly }) => {
        if (place.kind === 'test' || place.kind === 'outlaw') return false;
        // Of what the API answers a screen knows the types, and never brings the schemas along.
        if (place.kind === 'portal' && from === 'zod') return !typeOnly;
        return !MODULES[place.kind].some((allowed) => allowed.test(from));
      })
      .map(({ path, from }) => `${path} -> ${from}`);
    expect(strays).toEqual([]);
  });

  test('a lambda is index, handler, env, route and schema, and every one has the first three', () => {
    const parts = FILES.map(placeOf).filter((place) => place.kind === 'lambda');
    const known = ['index.ts', 'handler.ts', 'env.ts', 'route.ts', 'schema.ts'];
    expect(parts.filter(({ file }) => !known.includes(file))).toEqual([]);
    for (const lambda of new Set(parts.map((place) => place.lambda))) {
      const files = parts.filter((place) => place.lambda === lambda).map(({ file }) => file);
      expect([lambda, ...files]).toEqual(
        expect.arrayContaining(['index.ts', 'handler.ts', 'env.ts']),
      );
    }
  });

  test('every failure code begins with a word of the path, or edge', () => {
    const words = new Set<string>([...PATH, 'edge']);
    expect(Object.keys(FAILURES).filter((code) => !words.has(code.split('/')[0] ?? ''))).toEqual(
      [],
    );
  });

  test('every failure code is raised somewhere', () => {
    const sources = FILES.filter((path) => !path.startsWith('test/') && !/failures/.test(path))
      .map(sourceOf)
      .join('\n');
    expect(Object.keys(FAILURES).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });

  test('every property says how many cases it tries in a hurry and how many when there is time', () => {
    const fixed = FILES.filter((path) => path.startsWith('test/'))
      .filter((path) => countOf(path, 'fc.assert(') !== countOf(path, 'numRuns: cases('))
      .filter((path) => path !== 'test/architecture.test.ts');
    expect(fixed).toEqual([]);
  });

  test('no step reads a clock, the environment or chance, and no file a word of the forbidden ones', () => {
    const ambient = /Date\.now\(|new Date\(\)|Math\.random|process\.env/;
    const free = ['adapter', 'local', 'cli', 'infra', 'portal', 'test'];
    const strays = FILES.filter((path) => {
      const place = placeOf(path);
      if (free.includes(place.kind)) return false;
      if (place.kind === 'lambda' && place.file === 'index.ts') return false;
      return ambient.test(sourceOf(path));
    });
    expect(strays).toEqual([]);
    const vague = /(^|\/)(utils?|helpers?|common|manager|service|types)(\/|\.ts$|-)/;
    expect(FILES.filter((path) => vague.test(path))).toEqual([]);
  });
});

const over = (wall: number, fits: (path: string) => boolean): readonly string[] =>
  FILES.filter(fits)
    .filter((path) => linesOf(path) > wall)
    .map((path) => `${path}: ${linesOf(path)}`);

describe('sizes', () => {
  test('no file is over 300 lines', () => {
    expect(over(300, () => true)).toEqual([]);
  });

  test('an index is at most 30 lines, a handler 100, a stack 100', () => {
    expect(over(30, (path) => /^lambdas\/[^/]+\/index\.ts$/.test(path))).toEqual([]);
    expect(over(100, (path) => /^lambdas\/[^/]+\/handler\.ts$/.test(path))).toEqual([]);
    expect(over(100, (path) => path.startsWith('infra/stacks/'))).toEqual([]);
  });

  test('a construct is under 150 lines', () => {
    expect(over(149, (path) => path.startsWith('infra/constructs/'))).toEqual([]);
  });

  test('the ninth file in ten is under 200 lines', () => {
    const lengths = FILES.map(linesOf).sort((one, other) => one - other);
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThan(200);
  });
});
