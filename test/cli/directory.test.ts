import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { directoryCommand } from '../../infra/cli/commands/directory.ts';
import { runCli } from './run-cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'directory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const check = (csv: string, ...more: string[]) => {
  const file = join(folder, 'places.csv');
  writeFileSync(file, csv);
  return runCli({ directory: directoryCommand }, 'directory', 'check', file, ...more);
};

describe('directory check', () => {
  test('says how many places a good list has', async () => {
    const ran = await check('name,address\nLakeside Clinic,records@direct.lakeside.example\n');
    expect(ran).toMatchObject({ exitCode: 0, err: [] });
    expect(ran.out).toEqual([expect.stringMatching(/: 1 places, 0 faults$/)]);
  });

  test('says what is wrong by line, and nothing that stands there', async () => {
    const ran = await check('name,address\nLakeside Clinic,nobody\nB,b@c.example\nC,B@c.example\n');
    expect(ran.exitCode).toBe(1);
    expect(ran.out.slice(0, 2)).toEqual([
      'line 2: address: not a Direct address',
      'line 4: address: the same as in line 3',
    ]);
    expect(ran.out.at(-1)).toMatch(/: 1 places, 2 faults$/);
    expect(ran.out.slice(0, -1).join()).not.toMatch(/nobody|Lakeside/);
  });

  test('is asked in its one word, with a file', async () => {
    const ran = await runCli({ directory: directoryCommand }, 'directory', 'list');
    expect(ran.exitCode).not.toBe(0);
    expect(ran.err.join()).toContain('directory has one word: check');
  });
});
