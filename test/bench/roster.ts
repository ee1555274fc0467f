import type { Program } from './protocol/child.ts';

/** In the order in which they take their turns. */
export const CONTESTANTS = [
  'limit',
  'ours',
  'pkijs',
  'openssl',
  'node-forge',
  'bouncycastle',
] as const;
export type Contestant = (typeof CONTESTANTS)[number];

/** What runs a contestant, or why it cannot be run here. */
export type Entrant =
  | {
      readonly name: Contestant;
      readonly modes: readonly ('pipeline' | 'smime')[];
      readonly program: Program;
    }
  | { readonly name: Contestant; readonly absent: string };

const node = (bundle: string): Program => ({ command: process.execPath, args: [bundle] });

/** @param bundleOf see `bundlePrograms` */
export const roster = (bundleOf: (name: string) => string): readonly Entrant[] =>
  (['limit', 'ours', 'pkijs'] as const).map((name) => ({
    name,
    modes: ['pipeline', 'smime'],
    program: node(bundleOf(name)),
  }));
