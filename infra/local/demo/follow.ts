import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Caller } from '../api-client.ts';

const Lines = z.object({
  transmissions: z.array(z.object({ id: z.string(), requestId: z.string(), status: z.string() })),
});

export const View = z.object({
  id: z.string(),
  address: z.string(),
  isProbe: z.literal(true).optional(),
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
 * @param isHopeless so they are not waited for
 */
export async function followCopies(
  caller: Caller,
  patientId: string,
  requestId: string,
  withinSeconds: number,
  isHopeless: () => boolean = () => false,
): Promise<View[]> {
  const until = Date.now() + withinSeconds * 1000;
  for (;;) {
    const { transmissions } = await caller.call(
      `GET /v1/patients/${patientId}/transmissions`,
      Lines,
    );
    const copies = transmissions.filter((each) => each.requestId === requestId);
    const haveEnded = copies.length > 0 && copies.every((each) => ENDS.includes(each.status));
    if (haveEnded || isHopeless() || Date.now() > until) {
      return Promise.all(copies.map(({ id }) => caller.call(`GET /v1/transmissions/${id}`, View)));
    }
    await sleep(POLL_MILLISECONDS);
  }
}
