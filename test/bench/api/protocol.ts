/** One call that a load repeats: everything but what is new each time. */
export interface LoadCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `#` stands for a number that is new each time. */
  readonly body?: string;
}

/** How hard it is asked: by so many callers, each when it has its answer; or so often, answered or not. */
export type Pressure = { readonly callers: number } | { readonly perSecond: number };

export interface LoadOrder {
  readonly calls: readonly LoadCall[];
  readonly pressure: Pressure;
  readonly seconds: number;
}

export interface LoadResult {
  readonly answered: number;
  /** Answers of 400 and above, and calls without an answer. */
  readonly errors: number;
  /** What was wrong with the first of them. */
  readonly firstError?: string;
  readonly seconds: number;
  /** From when a call was due to the end of its answer; 95 of 100 were no slower. */
  readonly p95Milliseconds: number;
}
