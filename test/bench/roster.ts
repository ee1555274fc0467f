import { spawnSync } from 'node:child_process';
import { FLOORS } from './floors.ts';
import { compileBouncyCastle } from './java.ts';
import type { Program } from './protocol/child.ts';
import type { Session } from './session.ts';

/** In the order in which they take their turns. */
export const CONTESTANTS = [
  'limit',
  'ours',
  'pkijs',
  'openssl',
  'node-forge',
  'bouncycastle',
  'bouncycastle, cms',
] as const;
export type Contestant = (typeof CONTESTANTS)[number];

export type Mode = 'pipeline' | 'smime';

/** What runs a contestant, or why it cannot be run here. */
export type Entrant = {
  readonly name: Contestant;
  readonly modes: readonly Mode[];
} & ({ readonly program: Program } | { readonly absent: string });

export type Present = Extract<Entrant, { readonly program: Program }>;

const BOTH = ['pipeline', 'smime'] as const;

/**
 * @param bundleOf see `bundlePrograms`
 * @param work a folder for what has to be compiled
 */
export function roster(bundleOf: (name: string) => string, work: string): readonly Entrant[] {
  const node = (name: string): Program => ({ command: process.execPath, args: [bundleOf(name)] });
  const java = compileBouncyCastle(work);
  return [
    { name: 'limit', modes: BOTH, program: node('limit') },
    { name: 'ours', modes: BOTH, program: node('ours') },
    { name: 'pkijs', modes: BOTH, program: node('pkijs') },
    {
      name: 'openssl',
      modes: ['smime'],
      ...(hasOpenssl() ? { program: node('openssl') } : { absent: 'it is not installed' }),
    },
    { name: 'node-forge', modes: BOTH, program: node('node-forge') },
    ...bouncyCastle(java),
  ];
}

function bouncyCastle(java: Program | string): readonly Entrant[] {
  if (typeof java === 'string') return [{ name: 'bouncycastle', modes: BOTH, absent: java }];
  const securing = (how: 'mail' | 'cms'): Program => ({ ...java, args: [...java.args, how] });
  return [
    { name: 'bouncycastle', modes: BOTH, program: securing('mail') },
    { name: 'bouncycastle, cms', modes: BOTH, program: securing('cms') },
  ];
}

/** Who takes part in a suite: in a hurry, and in all runs but the first, only those of whom a floor speaks. */
export function programsFor(
  { entrants, quick, run }: Pick<Session, 'entrants' | 'quick' | 'run'>,
  suite: Mode,
): readonly Present[] {
  const isWhole = run === 1 && !quick;
  return entrants
    .filter((entrant) => 'program' in entrant)
    .filter(({ name, modes }) => modes.includes(suite) && (isWhole || isJudged(suite, name)));
}

const isJudged = (suite: Mode, name: Contestant): boolean =>
  FLOORS.some(({ suite: of, measure }) => of === suite && Object.values(measure).includes(name));

const hasOpenssl = (): boolean =>
  spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
