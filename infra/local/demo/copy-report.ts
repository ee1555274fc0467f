import type { Arrival } from './arrival.ts';
import type { View } from './follow.ts';

export type Flow = 'patient' | 'provider' | 'file';

/** What became of one copy; the shape that `--json` prints. */
export interface CopyReport {
  readonly flow: Flow;
  readonly status: string;
  readonly code?: string;
  readonly facts: readonly { readonly kind: string; readonly at: string }[];
  readonly messageBytes: number;
  /** By XDR, of the documents: there is no zip. */
  readonly zipEntries: readonly string[];
  /** Why the partner did not answer, when it could open the copy. */
  readonly partnerSays?: readonly string[];
}

export function reportOf(flow: Flow, copy: View, arrival: Arrival | undefined): CopyReport {
  const intent = copy.timeline.findLast(({ messageBytes }) => messageBytes !== undefined);
  const { files = [], refusedFor = [] } = arrival ?? {};
  return {
    flow,
    status: copy.status,
    ...(copy.code !== undefined && { code: copy.code }),
    facts: copy.timeline.map(({ kind, at }) => ({ kind, at })),
    messageBytes: intent?.messageBytes ?? 0,
    zipEntries: files.map(({ name }) => name),
    ...(refusedFor.length > 0 && { partnerSays: refusedFor }),
  };
}

/** A copy that never came to be: the API refused what it would have been made of. */
export const refusedReport = (flow: Flow, code: string): CopyReport => ({
  flow,
  status: 'failed',
  code,
  facts: [],
  messageBytes: 0,
  zipEntries: [],
});
