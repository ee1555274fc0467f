import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { BusEvent } from '../engines/event-bus-endpoint.ts';
import { ENDS } from './follow.ts';

/** A report follows what it tells within a moment. */
const WITHIN_MS = 10_000;
const POLL_MILLISECONDS = 100;

const Detail = z.object({
  type: z.string(),
  transmissionId: z.string().optional(),
  sequence: z.number().optional(),
});

/** What the bus was told of a copy, in the order in which it happened, with the end or as far as it came by then. */
export async function toldOf(
  events: readonly BusEvent[],
  transmissionId: string,
): Promise<readonly string[]> {
  const until = Date.now() + WITHIN_MS;
  for (;;) {
    const told = events
      .map(({ detail }) => Detail.parse(detail))
      .filter((each) => each.transmissionId === transmissionId)
      .sort((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0))
      .map(({ type }) => type.replace('transmission.', ''));
    if (told.some((type) => ENDS.includes(type)) || Date.now() > until) return told;
    await sleep(POLL_MILLISECONDS);
  }
}
