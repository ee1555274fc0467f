import type { Differing } from '../../../lambdas/http-world.ts';
import type { ToldCase } from '../../conformance/told-case.ts';
import { becameOf, EDGE, ettBench, type EttBench } from './test-bench.ts';

/** A case of the certification tool: its id is as the tool numbers it, or the name of its robot. */
export type EttCase = ToldCase;

/** The tool looks seventy minutes after sending, and late answers may come then. */
const MINUTES = 75;

/** One copy to one address, and how it ended. */
export async function oneCopy(
  to: string,
  before: (bench: EttBench) => void = () => undefined,
  differing: Differing = {},
): Promise<string> {
  const bench = await ettBench(differing);
  before(bench);
  const address = to.includes('@') ? to : `${to}@${EDGE}`;
  await bench.send([address]);
  await bench.pass(MINUTES);
  return becameOf(await bench.copyTo(address));
}

export const DELIVERED = 'delivered, after 0 min';
export const UNPROCESSED = 'failed, notification/not-processed, after 60 min';
export const UNCONFIRMED = 'failed, notification/no-final-confirmation, after 60 min';
export const FAILED = 'failed, notification/recipient-failed, after 0 min';
