import { addressKeyOf, type DirectAddress, type PatientKey, probeIdOf } from '../ids.ts';
import type { GoesByHisp } from '../relay-way.ts';
import type { Settings } from '../settings.ts';
import type { Ledger } from './ledger.ts';
import { progressOf } from './progress.ts';
import type { History, Transmission } from './transmission.ts';

/** Whether a message without health data goes to an address before its first copy. */
export type IsProbed = (to: DirectAddress) => boolean;

export interface ProbePorts {
  readonly ledger: Pick<Ledger, 'list'>;
  readonly settings: Pick<Settings, 'firstContact'>;
  readonly goesByHisp: GoesByHisp;
}

/**
 * Which addresses are probed: with `firstContact: probe` those at which nothing of this patient ever arrived. What goes by
 * somebody else's HISP is not: whom it reaches is for the HISP to find out.
 */
export async function probed(
  patient: PatientKey,
  { ledger, settings, goesByHisp }: ProbePorts,
): Promise<IsProbed> {
  if (settings.firstContact === 'send') return () => false;
  const lines = await ledger.list(patient);
  const reached = new Set(
    lines
      .filter(({ status }) => status === 'delivered')
      .map(({ address }) => addressKeyOf(address as DirectAddress)),
  );
  return (to) => !goesByHisp(to) && !reached.has(addressKeyOf(to));
}

/** The copies; before each to an address that is probed its probe, for which it waits. */
export const withProbes = (
  copies: readonly Transmission[],
  isProbed: IsProbed,
): readonly Transmission[] =>
  copies.flatMap((copy) =>
    isProbed(copy.address) ? [probeOf(copy), { ...copy, after: probeIdOf(copy.id) }] : [copy],
  );

function probeOf(copy: Transmission): Transmission {
  const { submission: _, ...without } = copy;
  return { ...without, id: probeIdOf(copy.id), isProbe: true };
}

/** Whether a copy has to wait until it is on record that its probe arrived. */
export const awaitsProbe = ({ transmission, facts }: History): boolean =>
  transmission.after !== undefined && progressOf(facts).reached === undefined;
