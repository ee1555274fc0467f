/** What an execution environment is told when it starts. */
export interface WorkerSetup {
  /** Absolute path of the bundle. */
  readonly file: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
}

export interface WorkerCall {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/** What an execution environment says. Payloads are JSON, as they are on the wire of Lambda. */
export type WorkerSays =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error'; readonly payload: string }
  | { readonly kind: 'broken'; readonly payload: string };
