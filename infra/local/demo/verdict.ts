import type { CopyReport } from './copy-report.ts';

/** What `--json` prints: always one of these, also when nothing could be tried. */
export interface Verdict {
  readonly status: 'delivered' | 'failed' | 'stopped';
  readonly transmissions: readonly CopyReport[];
  /** What functions asked AWS for and may not, `function lacks action on resource`; absent when there is nothing. */
  readonly lacking?: readonly string[];
}

/**
 * A copy that has not ended counts as failed: the demo waited longer than its deadlines. No copy at all is a failure, and a
 * missing permission is one whatever became of the copies.
 */
export function verdictOn(
  transmissions: readonly CopyReport[],
  lacking: readonly string[] = [],
): Verdict {
  if (lacking.length > 0) return { status: 'failed', transmissions, lacking };
  const are = (...ends: readonly string[]): boolean =>
    transmissions.length > 0 && transmissions.every(({ status }) => ends.includes(status));
  if (are('delivered')) return { status: 'delivered', transmissions };
  return { status: are('delivered', 'stopped') ? 'stopped' : 'failed', transmissions };
}

export const summaryOf = ({ status, transmissions, lacking = [] }: Verdict): string => {
  const delivered = transmissions.filter((copy) => copy.status === 'delivered').length;
  const copies = `${delivered} of ${transmissions.length} copies delivered`;
  return [`demo: ${status}, ${copies}`, ...lacking].join('; ');
};
