/** What befalls one call of a port. */
export type Fault =
  | 'none'
  /** The worker is gone before the call has any effect. */
  | 'crash-before'
  /** The call has its effect, and the worker is gone before it hears of it. */
  | 'crash-after'
  /** The call fails without any effect: a lost connection, a time-out. */
  | 'fails-before'
  /** The call has its effect, and its answer is lost. */
  | 'fails-after'
  /** The table is busy with somebody else and did nothing. */
  | 'conflicts';

/** Decides what befalls each call, in the order in which calls are made. */
export interface Faults {
  /**
   * @param call who calls what: `send table.write`
   * @param possible what may befall it at all, beside nothing
   */
  next(call: string, possible: readonly Fault[]): Fault;
  /** How long the call takes: until the worker gets to it, until its effect, and until its answer is heard. */
  waits(call: string): Waits;
}

/** In milliseconds. */
export interface Waits {
  readonly stall: number;
  readonly effect: number;
  readonly answer: number;
}

export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}
