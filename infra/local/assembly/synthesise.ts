import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readCloudAssembly } from './cloud-assembly.ts';
import type { Assembly } from './template.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What an assembly is made of, besides the settings. */
const SOURCES = [
  'package-lock.json',
  'lambdas/**/*.{ts,json}',
  'shared/**/*.{ts,json}',
  'portal/**/*.{ts,tsx,css,html,svg,json}',
  'infra/*.ts',
  'infra/{config,constructs,contradictions,portal,stacks}/**/*.{ts,json,md,pem,csv}',
  'infra/cli/openapi/**/*.ts',
];

/** Assemblies that nobody has used for a day are removed. */
const KEEP_MILLISECONDS = 86_400_000;

/**
 * Synthesises the CDK app as `cdk synth` does, without the CDK command; the same sources and settings give the same
 * assembly, which is then made once.
 *
 * @param config what a stage's file in infra/config holds
 * @param folder where assemblies are kept from one start to the next
 */
export async function synthesise(config: object, folder: string): Promise<Assembly> {
  const text = JSON.stringify(config, undefined, 2);
  mkdirSync(folder, { recursive: true });
  const made = join(folder, hashOf(text));
  if (existsSync(made)) utimesSync(made, new Date(), new Date());
  else await make(made, text);
  removeOld(folder);
  return readCloudAssembly(made);
}

/** Two starts may make the same assembly at once: each in a folder of its own, and the first one stays. */
async function make(made: string, config: string): Promise<void> {
  const making = `${made}.${process.pid}`;
  const file = `${making}.json`;
  writeFileSync(file, config);
  try {
    await promisify(execFile)(process.execPath, [join(ROOT, 'infra/app.ts')], {
      cwd: ROOT,
      env: { ...process.env, SETTINGS_FILE: file, CDK_OUTDIR: making },
    });
    if (!existsSync(made)) renameSync(making, made);
  } catch (error) {
    if (existsSync(made)) return;
    const said = (error as { stderr?: string }).stderr ?? String(error);
    throw new Error(`The CDK app cannot be synthesised:\n${said}`, { cause: error });
  } finally {
    rmSync(file, { force: true });
    rmSync(making, { recursive: true, force: true });
  }
}

function hashOf(config: string): string {
  const hash = createHash('sha256').update(config);
  for (const file of globSync(SOURCES, { cwd: ROOT }).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function removeOld(folder: string): void {
  for (const name of globSync('*', { cwd: folder })) {
    const path = join(folder, name);
    const usedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - usedAt > KEEP_MILLISECONDS) rmSync(path, { recursive: true, force: true });
  }
}
