import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Caller } from '../api-client.ts';
import type { PartnerHisp } from '../partner/partner-hisp.ts';
import type { ReceivedMessage } from '../partner/received-message.ts';

export type Flow = 'patient' | 'provider' | 'file';

/** What became of one copy; the shape that `--json` prints. */
export interface CopyReport {
  readonly flow: Flow;
  readonly status: string;
  readonly code?: string;
  readonly facts: readonly { readonly kind: string; readonly at: string }[];
  readonly messageBytes: number;
  readonly zipEntries: readonly string[];
}

const Lines = z.object({
  transmissions: z.array(z.object({ id: z.string(), requestId: z.string(), status: z.string() })),
});

export const View = z.object({
  id: z.string(),
  address: z.string(),
  status: z.string(),
  code: z.string().optional(),
  sentence: z.string().optional(),
  timeline: z.array(
    z.object({
      at: z.string(),
      kind: z.string(),
      sentence: z.string(),
      messageId: z.string().optional(),
      messageBytes: z.number().optional(),
    }),
  ),
});

export type View = z.output<typeof View>;

export const ENDS: readonly string[] = ['delivered', 'failed', 'stopped'];
const POLL_MILLISECONDS = 250;

/**
 * Asks for the copies of a request until every one has ended.
 *
 * @param withinSeconds how long; then they are answered as they are
 */
export async function followCopies(
  caller: Caller,
  patientId: string,
  requestId: string,
  withinSeconds: number,
): Promise<View[]> {
  const until = Date.now() + withinSeconds * 1000;
  for (;;) {
    const { transmissions } = await caller.call(
      `GET /v1/patients/${patientId}/transmissions`,
      Lines,
    );
    const copies = transmissions.filter((each) => each.requestId === requestId);
    const haveEnded = copies.length > 0 && copies.every((each) => ENDS.includes(each.status));
    if (haveEnded || Date.now() > until) {
      return Promise.all(copies.map(({ id }) => caller.call(`GET /v1/transmissions/${id}`, View)));
    }
    await sleep(POLL_MILLISECONDS);
  }
}

/** What the partner got of a copy: its message has the Message-ID of the copy's intent. */
export function receivedOf(copy: View, partner: PartnerHisp): ReceivedMessage | undefined {
  const ids = copy.timeline.flatMap(({ messageId }) => messageId ?? []);
  return partner.received.findLast(({ opened }) =>
    ids.some((id) => opened?.messageId.includes(id)),
  );
}

export function reportOf(flow: Flow, copy: View, partner: PartnerHisp): CopyReport {
  const intent = copy.timeline.findLast(({ messageBytes }) => messageBytes !== undefined);
  const entries = receivedOf(copy, partner)?.opened?.xdm?.entries ?? [];
  return {
    flow,
    status: copy.status,
    ...(copy.code !== undefined && { code: copy.code }),
    facts: copy.timeline.map(({ kind, at }) => ({ kind, at })),
    messageBytes: intent?.messageBytes ?? 0,
    zipEntries: entries.map(({ name }) => name),
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
