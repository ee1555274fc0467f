import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '..');
const COPIED = ['infra/guard.mjs', 'infra/local/process/die-with-parent.mjs'];
const INSTALLS = 'ci --no-audit --no-fund --loglevel=error';
const OWN_NODE = `node_modules/node-${process.platform}-${process.arch}/bin/node`;

/** As npm does: the hidden lock file comes last, some time after the folder. */
const NPM = `#!/bin/sh
echo "$@" >> npm-was-called
mkdir -p node_modules
sleep 1
touch node_modules/.package-lock.json
`;

let project = '';
const guards: ChildProcess[] = [];
const at = (path: string): string => join(project, path);
const write = (path: string, content: string, mode = 0o644): void => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
  chmodSync(at(path), mode);
};
const age = (path: string, seconds: number): void => {
  const then = new Date(Date.now() - seconds * 1000);
  utimesSync(at(path), then, then);
};

/** A project with the real guard, a command that says so when it runs, and an npm that writes down its calls. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'guard-'));
  for (const path of COPIED) cpSync(join(ROOT, path), at(path), { recursive: true });
  write('package.json', '{"type":"module"}');
  write('package-lock.json', '{}');
  age('package-lock.json', 60);
  write('infra/local/start.ts', `process.stdout.write('started');`);
  write('bin/npm', NPM, 0o755);
});
afterEach(() => {
  for (const guard of guards.splice(0)) guard.kill('SIGKILL');
  rmSync(project, { recursive: true, force: true });
});

const installed = (secondsAgo: number): void => {
  write('node_modules/.package-lock.json', '{}');
  age('node_modules/.package-lock.json', secondsAgo);
};

/** `npm start`, without the npm in front. */
const start = (...nodeOptions: readonly string[]) => guarded(nodeOptions, 'start');

async function guarded(nodeOptions: readonly string[], ...command: readonly string[]) {
  const path = [at('bin'), process.env['PATH']].join(delimiter);
  const child = spawn(process.execPath, [...nodeOptions, at('infra/guard.mjs'), ...command], {
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  guards.push(child);
  const ended = new Promise((settle) => child.once('exit', settle));
  const [code, said, complaint] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, said, complaint };
}

const npmCalls = (): readonly string[] =>
  existsSync(at('npm-was-called'))
    ? readFileSync(at('npm-was-called'), 'utf8').trimEnd().split('\n')
    : [];

describe('before a command runs, what the lock file names is installed', () => {
  test('when there is no node_modules', async () => {
    expect(await start()).toMatchObject({ code: 0, said: 'started' });
    expect(npmCalls()).toEqual([INSTALLS]);
  });

  test('when an installation did not come to its end', async () => {
    mkdirSync(at('node_modules'));
    expect(await start()).toMatchObject({ code: 0, said: 'started' });
    expect(npmCalls()).toEqual([INSTALLS]);
  });

  test('when the lock file is newer than the installation', async () => {
    installed(61);
    expect(await start()).toMatchObject({ code: 0, said: 'started' });
    expect(npmCalls()).toEqual([INSTALLS]);
  });

  test('but not when it is installed', async () => {
    installed(59);
    expect(await start()).toEqual({ code: 0, said: 'started', complaint: '' });
    expect(npmCalls()).toEqual([]);
  });

  test('and if npm fails, the command does not run, says why, and the next one tries again', async () => {
    write('bin/npm', '#!/bin/sh\nexit 7\n', 0o755);
    const failed = await start();
    expect(failed).toMatchObject({ code: 1, said: '' });
    expect(failed.complaint).toContain('npm ci failed');
    write('bin/npm', NPM, 0o755);
    expect(await start()).toMatchObject({ code: 0, said: 'started' });
    expect(npmCalls()).toEqual([INSTALLS]);
  });
});

describe('commands that are started at once', () => {
  test('install once, and all of them run', async () => {
    const all = await Promise.all([start(), start(), start()]);
    expect(all.map(({ code, said }) => [code, said])).toEqual(all.map(() => [0, 'started']));
    expect(npmCalls()).toEqual([INSTALLS]);
    expect(existsSync(at('.install-lock'))).toBe(false);
  });

  test('wait for the one that installs, as long as it lives', async () => {
    write('.install-lock/pid', String(process.pid));
    age('.install-lock', 3600);
    const started = start();
    await sleep(1500);
    expect(npmCalls()).toEqual([]);
    installed(0);
    rmSync(at('.install-lock'), { recursive: true });
    expect(await started).toMatchObject({ code: 0, said: 'started' });
    expect(npmCalls()).toEqual([]);
  });

  test('take over from one that died while it installed, and still install once', async () => {
    write('.install-lock/pid', String(await pidOfTheDead()));
    expect(await Promise.all([start(), start()])).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(npmCalls()).toEqual([INSTALLS]);
  });

  test('take over from one that died before it could say who it was', async () => {
    mkdirSync(at('.install-lock'));
    age('.install-lock', 11);
    expect(await start()).toMatchObject({ code: 0, said: 'started' });
    expect(npmCalls()).toEqual([INSTALLS]);
  });
});

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((settle) => child.once('exit', settle));
  return child.pid ?? 0;
}

/** Has the guard believe that it runs on another Node. */
const ON_NODE_22 = [
  '--import',
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'22.1.0'}})`,
];

describe('the Node that runs a command', () => {
  test('is the one that was installed, whichever runs the guard', async () => {
    installed(0);
    write(OWN_NODE, '#!/bin/sh\nprintf "the own node runs $3"\n', 0o755);
    expect(await start(...ON_NODE_22)).toEqual({
      code: 0,
      said: 'the own node runs infra/local/start.ts',
      complaint: '',
    });
  });

  test('is explained in one line when there is none', async () => {
    installed(0);
    const { code, said, complaint } = await start(...ON_NODE_22);
    expect([code, said]).toEqual([1, '']);
    expect(complaint).toMatch(/^Node 24 is needed, this is Node 22\.1\.0\. [^\n]{20,300}\n$/);
  });
});

const synth = () => guarded([], 'synth', '-c', 'stage=east-1', '-o', at('out'));

describe('npm run synth', () => {
  const stack = { type: 'aws:cloudformation:stack' };

  beforeEach(() => {
    installed(0);
    cpSync(join(ROOT, 'infra/synthesised.ts'), at('infra/synthesised.ts'));
    symlinkSync(join(ROOT, 'node_modules/zod'), at('node_modules/zod'));
    const artifacts = {
      'DirectTransmit-east-1-Core': stack,
      'DirectTransmit-east-1-Api': stack,
      Tree: { type: 'cdk:tree' },
    };
    write('out/manifest.json', JSON.stringify({ artifacts }));
  });

  test('says last which stage can be deployed, whatever the CDK command says before', async () => {
    write('node_modules/aws-cdk/bin/cdk', `process.stdout.write('Supply a stack id\\n');`);
    const { code, said } = await synth();
    expect(code).toBe(0);
    expect(said).toBe('Supply a stack id\nStage east-1 is ready to deploy: 2 stacks\n');
  });

  test('says last that it cannot, when the CDK command failed', async () => {
    write('node_modules/aws-cdk/bin/cdk', `console.error('Subprocess exited'); process.exit(1);`);
    expect(await synth()).toEqual({
      code: 1,
      said: '',
      complaint: 'Subprocess exited\nsynth: not ready to deploy, for what is said above\n',
    });
  });
});
