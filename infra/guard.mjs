// Runs one of the project's commands with everything it needs in place. Plain JavaScript for Node 18 and later:
// it must work before anything is installed, and explain itself where it cannot.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const LOCK_FOLDER = join(ROOT, '.install-lock');
const WATCH = pathToFileURL(join(ROOT, 'infra/local/process/die-with-parent.mjs')).href;
const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(MODULES, 'jest/bin/jest.js'),
];
const CDK = [join(MODULES, 'aws-cdk/bin/cdk')];
const TSC = [join(MODULES, 'typescript/bin/tsc')];
const OXLINT = [join(MODULES, 'oxlint/bin/oxlint'), '--type-aware'];
const PRETTIER = [join(MODULES, 'prettier/bin/prettier.cjs')];
const CODE = ['shared', 'lambdas', 'infra', 'portal', 'test'];
const TYPES = ['.', 'infra', 'portal'].map((project) => [...TSC, '-p', project]);

/** What each `npm run` name is made of: one Node process after the other, until one fails. */
const COMMANDS = {
  start: (rest) => [['infra/local/start.ts', ...rest]],
  demo: (rest) => [['infra/local/demo.ts', ...rest]],
  transmit: (rest) => [['infra/cli/transmit.ts', ...rest]],
  bench: (rest) => [['test/bench/bench.ts', ...rest]],
  conformance: (rest) => [['test/interop/conformance/conformance.ts', ...rest]],
  simulate: (rest) => [['test/simulation/simulate.ts', ...rest]],
  chaos: (rest) => [['test/simulation/chaos/chaos.ts', ...rest]],
  privileges: (rest) => [['test/simulation/privileges/privileges.ts', ...rest]],
  portal: (rest) => [['infra/portal/portal.ts', ...rest]],
  nag: (rest) => [['infra/nag/nag.ts', ...rest]],
  test: (rest) =>
    rest.length > 0
      ? [[...JEST, ...rest]]
      : [...TYPES, [...OXLINT, ...CODE], [...PRETTIER, '--check', '.'], JEST],
  typecheck: () => TYPES,
  lint: () => [[...OXLINT, ...CODE]],
  format: () => [[...PRETTIER, '--write', '.']],
  synth: (rest) => [
    [...CDK, 'synth', '-q', '--no-notices', ...rest],
    ['infra/synthesised.ts', ...rest],
  ],
  deploy: (rest) => [[...CDK, 'deploy', '--all', '--no-notices', ...rest]],
};

const [name, ...rest] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) fail(`There is no command ${name}; there are ${Object.keys(COMMANDS).join(', ')}.`);
await installOnce();
const node = nodeToRun();
for (const step of command(rest)) {
  const code = await run(node, step);
  if (code === 0) continue;
  // The CDK command says last which of its programs ended with which code.
  if (name === 'synth')
    process.stderr.write('synth: not ready to deploy, for what is said above\n');
  process.exit(code);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

/** npm writes its hidden lock file last: if that is there and newer than ours, the installation is whole. */
function isInstalled() {
  const done = join(MODULES, '.package-lock.json');
  return (
    existsSync(done) && statSync(done).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs
  );
}

/** Two commands started at once install once: making a folder is the lock, and its owner's process id lies in it. */
async function installOnce() {
  while (!isInstalled()) {
    if (await takeLock()) {
      try {
        if (!isInstalled()) await install();
      } finally {
        await rm(LOCK_FOLDER, { recursive: true, force: true });
      }
    } else {
      await new Promise((wake) => setTimeout(wake, 500));
    }
  }
}

async function takeLock() {
  try {
    await mkdir(LOCK_FOLDER);
    await writeFile(join(LOCK_FOLDER, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const owner = Number(await readFile(join(LOCK_FOLDER, 'pid'), 'utf8').catch(() => '0'));
    const ageMs = Date.now() - statSync(LOCK_FOLDER, { throwIfNoEntry: false })?.mtimeMs;
    const abandoned = owner > 0 ? !isAlive(owner) : ageMs > 10_000;
    if (abandoned) await rm(LOCK_FOLDER, { recursive: true, force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function install() {
  process.stderr.write(
    'Installing what the lock file names (npm ci); this takes about half a minute.\n',
  );
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (code !== 0) fail('npm ci failed; what it says is above. Is the npm registry within reach?');
}

/** Node 24 comes with the installation on Linux; elsewhere it must be the Node that runs this. */
function nodeToRun() {
  const own = join(MODULES, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(own)) return own;
  if (process.versions.node.startsWith('24.')) return process.execPath;
  return fail(
    `Node 24 is needed, this is Node ${process.versions.node}. On Linux it comes with npm ci (the package ` +
      `node-${process.platform}-${process.arch} was not installed); elsewhere install Node 24 and run this again.`,
  );
}

/** The child gets our signals and our terminal, and dies with us even when we are killed. */
function run(file, args, options = {}) {
  const path = [join(MODULES, '.bin'), process.env.PATH].join(delimiter);
  const preload = file === 'npm' ? [] : ['--import', WATCH];
  const child = spawn(file, [...preload, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, PATH: path, CDK_DISABLE_CLI_TELEMETRY: '1', DISABLE_VERSION_CHECK: '1' },
    ...options,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  return new Promise((settle) => {
    child.on('error', (error) => fail(`Could not start ${file}: ${error.message}`));
    child.on('exit', (code, signal) => settle(code ?? (signal ? 130 : 1)));
  });
}
