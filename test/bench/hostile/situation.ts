import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { DirectAddress } from '../../../shared/ids.ts';

/** Whose certificates are looked for. */
export const VICTIM = 'dr@direct.example.org' as DirectAddress;

/** For everything that is asked outside about one address; functions allow more. */
export const DEADLINE_MS = 2000;

/** What the process that looks for a certificate is told. */
const Situation = z.strictObject({
  resolver: z.string(),
  /** PEM. */
  anchor: z.string(),
  now: z.iso.datetime(),
  /** Refusals, one of which has to come of it. */
  ends: z.array(z.string()).min(1),
});
export type Situation = z.infer<typeof Situation>;

const fileIn = (folder: string): string => join(folder, 'situation.json');

export const writeSituation = (folder: string, situation: Situation): void =>
  writeFileSync(fileIn(folder), JSON.stringify(situation));

export const readSituation = (folder: string): Situation =>
  Situation.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
