import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasTime } from './counts.ts';
import { WITH_SBIN } from './servers/program-path.ts';

/** The foreign test data, beside the checkout; absent outside the workplace that keeps it. */
export const SHARED = resolve(import.meta.dirname, '../../../shared');

/** Debian's own, to which its packages belong, wherever another one comes first. */
export const SYSTEM_PYTHON = '/usr/bin/python3';

const PRESENT = {
  openssl: () => runs('openssl', 'version'),
  xmllint: () => runs('xmllint', '--version'),
  java: () => runs('java', '-version'),
  unzip: () => runs('unzip', '-v'),
  curl: () => runs('curl', '--version'),
  python3: () => runs('python3', '--version'),
  gpgsm: () => runs('gpgsm', '--version'),
  cmsutil: () => isThere('cmsutil'),
  certtool: () => runs('certtool', '--version'),
  m2crypto: () => runs(SYSTEM_PYTHON, '-c', 'import M2Crypto'),
  named: () => runs('named', '-v'),
  knotd: () => runs('knotd', '--version'),
  slapd: () => runs('slapd', '-VV'),
  dovecot: () => runs('dovecot', '--version'),
  // It starts as root, and so do its tests.
  postfix: () =>
    process.getuid?.() === 0 && runs('postconf', '-d', 'mail_version') && isThere('saslpasswd2'),
  dig: () => runs('dig', '-v'),
  ldapsearch: () => runs('ldapsearch', '-VV'),
  chromium: () => runs('chromium', '--version'),
  time: hasTime,
  shared: () => existsSync(resolve(SHARED, 'vectors')),
} as const;

/** What some tests need: something outside the project that they drive or read, or the time that CI has. */
export type Need = keyof typeof PRESENT;

export const missing = (needs: readonly Need[]): readonly Need[] =>
  needs.filter((need) => !PRESENT[need]());

const runs = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore', env: WITH_SBIN }).status === 0;

/** For a command that only ever answers with its usage and a failure. */
const isThere = (command: string): boolean =>
  spawnSync(command, { stdio: 'ignore', env: WITH_SBIN }).error === undefined;
