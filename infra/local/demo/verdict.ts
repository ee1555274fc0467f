import type { CopyReport } from './copy-report.ts';

/** What `--json` prints: always one of these, also when nothing could be tried. */
export interface Verdict {
  readonly status: 'delivered' | 'failed' | 'stopped';
  readonly transmissions: readonly CopyReport[];
}

/** A copy that has not ended counts as failed: the demo waited longer than its deadlines. No copy at all is a failure. */
export function verdictOn(transmissions: readonly CopyReport[]): Verdict {
  const are = (...ends: readonly string[]): boolean =>
    transmissions.length > 0 && transmissions.every(({ status }) => ends.includes(status));
  if (are('delivered')) return { status: 'delivered', transmissions };
  return { status: are('delivered', 'stopped') ? 'stopped' : 'failed', transmissions };
}

export const summaryOf = ({ status, transmissions }: Verdict): string => {
  const delivered = transmissions.filter((copy) => copy.status === 'delivered').length;
  return `demo: ${status}, ${delivered} of ${transmissions.length} copies delivered`;
};
