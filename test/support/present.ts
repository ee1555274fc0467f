import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { WITH_SBIN } from './servers/program-path.ts';

/** The foreign test data, beside the checkout; absent outside the workplace that keeps it. */
export const SHARED = resolve(import.meta.dirname, '../../../shared');

const PRESENT = {
  openssl: () => runs('openssl', 'version'),
  xmllint: () => runs('xmllint', '--version'),
  java: () => runs('java', '-version'),
  unzip: () => runs('unzip', '-v'),
  gpgsm: () => runs('gpgsm', '--version'),
  cmsutil: () => isThere('cmsutil'),
  named: () => runs('named', '-v'),
  knotd: () => runs('knotd', '--version'),
  slapd: () => runs('slapd', '-VV'),
  dig: () => runs('dig', '-v'),
  ldapsearch: () => runs('ldapsearch', '-VV'),
  shared: () => existsSync(resolve(SHARED, 'vectors')),
} as const;

/** Something outside the project that some tests drive or read. */
export type Need = keyof typeof PRESENT;

export const missing = (needs: readonly Need[]): readonly Need[] =>
  needs.filter((need) => !PRESENT[need]());

const runs = (command: string, argument: string): boolean =>
  spawnSync(command, [argument], { stdio: 'ignore', env: WITH_SBIN }).status === 0;

/** For a command that only ever answers with its usage and a failure. */
const isThere = (command: string): boolean =>
  spawnSync(command, { stdio: 'ignore', env: WITH_SBIN }).error === undefined;
