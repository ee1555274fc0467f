import * as z from 'zod';
import { ruleOf } from '../failures.ts';
import { errorNameOf, type Log } from '../log.ts';
import type { Failure, Outcome } from '../outcome.ts';
import type { BringAnswer, ResourceAnswer } from '../resource-answer.ts';

const ResourceRequest = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string().min(1),
  /** Absent when a resource is to be made. */
  PhysicalResourceId: z.string().min(1).optional(),
});

type ResourceRequest = z.infer<typeof ResourceRequest>;

/** What a resource is, when CloudFormation asks for it. Both bear repetition: whoever lost an answer asks again. */
export interface ResourceWork {
  /** Makes it so, or leaves it so. */
  readonly keep: () => Promise<Outcome<unknown>>;
  readonly remove: () => Promise<Outcome<unknown>>;
}

export interface ResourcePorts {
  readonly bring: BringAnswer;
  readonly log: Log;
}

/** Of Lambda's context: until the function is cut off. */
export interface TimeLeft {
  getRemainingTimeInMillis(): number;
}

/** Three attempts to bring an answer, and what lies between them. */
const ANSWERING_MS = 15_000;

/** Whether an event is CloudFormation's: for a function that is called for other reasons too. */
export const isResourceRequest = (event: unknown): boolean =>
  ResourceRequest.safeParse(event).success;

/**
 * Enters a function that stands for a resource of a stack. CloudFormation gets an answer whatever happens, also when the
 * work throws or the function is about to be cut off: without one a stack waits for as long as the resource may take.
 *
 * @throws what the answer could not be brought for: Lambda then asks again
 */
export const onCustomResource =
  (work: ResourceWork, { bring, log }: ResourcePorts) =>
  async (event: unknown, time: TimeLeft): Promise<void> => {
    const request = ResourceRequest.parse(event);
    const said = await saidInTime(request, work, time.getRemainingTimeInMillis() - ANSWERING_MS);
    const status = said.kind === 'kept' ? 'SUCCESS' : 'FAILED';
    if (said.kind === 'kept') log.info('resource-answered', { status });
    else log.error('resource-answered', { status, ...said.logged });
    const reason = said.kind === 'kept' ? {} : { Reason: said.reason };
    const answer = { Status: status, ...reason, ...namesIn(request) } as const;
    const within = AbortSignal.timeout(Math.max(1, time.getRemainingTimeInMillis() - 1000));
    await bring(request.ResponseURL, answer, within);
  };

/** How CloudFormation knows again which answer this is. */
const namesIn = (request: ResourceRequest): Omit<ResourceAnswer, 'Status' | 'Reason'> => ({
  PhysicalResourceId: request.PhysicalResourceId ?? request.LogicalResourceId,
  StackId: request.StackId,
  RequestId: request.RequestId,
  LogicalResourceId: request.LogicalResourceId,
});

type Said =
  | { readonly kind: 'kept' }
  | { readonly kind: 'failed'; readonly reason: string; readonly logged: object };

async function saidInTime(
  { RequestType: type }: ResourceRequest,
  { keep, remove }: ResourceWork,
  milliseconds: number,
): Promise<Said> {
  const late = Promise.withResolvers<Said>();
  const timer = setTimeout(late.resolve, milliseconds, TOO_LATE);
  try {
    return await Promise.race([sayOf(type === 'Delete' ? remove : keep), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const TOO_LATE: Said = {
  kind: 'failed',
  reason: 'It was not done before the function would have been cut off: deploy again.',
  logged: { errorName: 'TimeoutError' },
};

async function sayOf(work: () => Promise<Outcome<unknown>>): Promise<Said> {
  try {
    const outcome = await work();
    if (outcome.ok) return { kind: 'kept' };
    const { failure } = outcome;
    return { kind: 'failed', reason: sentenceOf(failure), logged: { code: failure.code } };
  } catch (error) {
    const errorName = errorNameOf(error);
    const reason = `The function failed: ${errorName}.`;
    return { kind: 'failed', reason, logged: { errorName } };
  }
}

/** What it says, what to do about it, and which thing it is about. */
function sentenceOf({ code, detail }: Failure): string {
  const { says, remedy } = ruleOf(code);
  const about = detail === undefined ? '' : ` (${detail})`;
  return `${says.replace(/\.$/, '')}${about}: ${remedy.charAt(0).toLowerCase()}${remedy.slice(1)}`;
}
