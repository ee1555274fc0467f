import * as z from 'zod';

/** An event source mapping of the template. */
export const Mapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.number().optional(),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  FilterCriteria: z
    .object({ Filters: z.array(z.object({ Pattern: z.string() })).default([]) })
    .prefault({}),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  BisectBatchOnFunctionError: z.boolean().default(false),
  /** -1 is without end. */
  MaximumRetryAttempts: z.number().default(-1),
  MaximumRecordAgeInSeconds: z.number().default(-1),
  DestinationConfig: z
    .object({ OnFailure: z.object({ Destination: z.string() }).optional() })
    .optional(),
});

export type Mapping = z.output<typeof Mapping>;

export const reportsItems = (mapping: Mapping): boolean =>
  mapping.FunctionResponseTypes.includes('ReportBatchItemFailures');

export const patternsOf = (mapping: Mapping): readonly string[] =>
  mapping.FilterCriteria.Filters.map((filter) => filter.Pattern);

const Answer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/**
 * The identifiers of the items that failed, read as Lambda reads them: nothing and an empty list are success;
 * an answer of another form, an empty identifier and one that was not in the batch are failure of all.
 */
export function failedItems(answer: unknown, batch: readonly string[]): readonly string[] {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) return batch;
  const failed = (parsed.data?.batchItemFailures ?? []).map((each) => each.itemIdentifier);
  return failed.every((each) => batch.includes(each)) ? failed : batch;
}

/** What reads a source until it is stopped. */
export interface Source {
  stop(): Promise<void>;
}

/**
 * Runs a loop that ends by its signal. An error of the engine while it goes down is no news; any other is a bug, and
 * nobody waits for it: it ends the process.
 */
export function running(loop: (signal: AbortSignal) => Promise<void>): Source {
  const stopping = new AbortController();
  const done = loop(stopping.signal);
  done.catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    async stop() {
      stopping.abort();
      await done.catch(() => undefined);
    },
  };
}

export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
