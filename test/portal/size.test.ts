import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from '@babel/parser';
import { describe, expect, test } from '@jest/globals';
import { portalComponent } from '../../infra/portal/component.ts';
import { LIMIT_BYTES, sizeOf } from '../../infra/portal/size.ts';
import { sha256 } from '../../shared/ids.ts';

const ROOT = join(import.meta.dirname, '../..');
const component = portalComponent(ROOT);
const { script } = component;
const PREACT = readFileSync(join(ROOT, 'node_modules/preact/dist/preact.mjs'), 'utf8');

/** What cannot be made smaller than half of it. */
const noise = (blocks: number): string =>
  Array.from({ length: blocks }, (_, index) => sha256(`${index}`)).join('');

const run = async (...args: readonly string[]) => {
  const node = promisify(execFile)(process.execPath, ['infra/portal/portal.ts', ...args], {
    cwd: ROOT,
  });
  return node.catch((error: { stdout: string; stderr: string; code: number }) => error);
};

describe('the component', () => {
  test('is smaller than is asked for', () => {
    expect(sizeOf(component).gzippedBytes).toBeLessThan(LIMIT_BYTES);
  });

  test('is said beside what else is loaded', () => {
    expect(sizeOf(component).besideGzippedBytes).toEqual({
      en: expect.any(Number),
      es: expect.any(Number),
      look: expect.any(Number),
    });
  });

  test('is made of the same bytes by the same sources', () => {
    expect(portalComponent(ROOT).script).toBe(script);
  });

  test('is one ES module that imports nothing, and gives its class', () => {
    const { program } = parse(script, { sourceType: 'module' });
    const kinds = program.body.map(({ type }) => type).filter((type) => /port/.test(type));
    expect(kinds).toEqual(['ExportNamedDeclaration']);
    expect(script).toMatch(/export\{\w+ as ShareWithDirect\};?\s*$/);
    expect(script).not.toMatch(/\bimport\s*\(|\brequire\s*\(/);
  });

  test('defines the element, once', () => {
    expect(script.match(/customElements\.define\("share-with-direct"/g)).toHaveLength(1);
  });

  test.each([
    ['makes code out of text', /\beval\(|new Function|Function\(|setTimeout\("/],
    ['makes elements out of text', /insertAdjacentHTML|document\.write|outerHTML/],
    ['asks for what is unsafe', /unsafe-/],
    ['has a schema of the API in it', /\bzod\b|_zod|ZodError/i],
    ['logs', /console\.\w+\(/],
    ['keeps anything in the browser', /localStorage|sessionStorage|indexedDB|document\.cookie/],
  ])('nowhere %s', (_, pattern) => {
    expect(script.match(pattern)).toBeNull();
  });

  test.each([
    ['makes elements out of text', /innerHTML|dangerouslySetInnerHTML/gi],
    ['writes styles into elements', /\bcssText\b|[{,]style:|"style"/g],
  ])('%s nowhere but where preact can, whom nobody asks to', (_, pattern) => {
    expect(script.match(pattern)).toEqual(PREACT.match(pattern));
  });

  test('names no other host: the URLs in it are names of XML', () => {
    const urls = script.match(/https?:\/\/[^"'`\s\\]+/g) ?? [];
    const hosts = urls.filter((url) => !url.startsWith('http://www.w3.org/'));
    // What is typed is put behind it, for the browser to read as a host; it is never asked.
    expect(hosts.filter((url) => !/^http:\/\/\$\{\w+\}$/.test(url))).toEqual([]);
  });
});

describe('what it is made of', () => {
  test('is preact and code, which add up', () => {
    const { parts, gzippedBytes } = sizeOf(component);
    expect(parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['preact', 'code, api', 'code, choose']),
    );
    const sum = parts.reduce((all, { minifiedBytes }) => all + minifiedBytes, 0);
    expect(Math.abs(sum - script.length)).toBeLessThan(script.length / 50);
    const about = parts.reduce((all, { gzippedBytesAbout }) => all + gzippedBytesAbout, 0);
    expect(Math.abs(about - gzippedBytes)).toBeLessThan(gzippedBytes / 50);
  });

  test('is too large when it is', () => {
    expect(sizeOf({ ...component, script: noise(500) }).isGood).toBe(true);
    expect(sizeOf({ ...component, script: noise(700) }).isGood).toBe(false);
  });
});

describe('npm run portal', () => {
  test('says last how large the component is, and fails when it is too large', async () => {
    const { gzippedBytes, isGood } = sizeOf(component);
    const ran = await run();
    expect(ran.stdout.trimEnd().split('\n').at(-1)).toBe(
      `portal: ${gzippedBytes} of 20000 bytes gzipped; ${isGood ? 'good' : 'not good'}`,
    );
    expect('code' in ran).toBe(!isGood);
  });

  test('gives one JSON value, and the summary beside it', async () => {
    const { stdout, stderr } = await run('--json');
    expect(JSON.parse(stdout)).toEqual(sizeOf(component));
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^portal: \d+ of 20000 bytes gzipped; /);
  });
});
