/** A function that did not answer: it threw, ran out of time or memory, or was killed. */
export class FunctionFailed extends Error {
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(message);
    this.name = 'FunctionFailed';
    this.errorType = errorType;
  }

  /** @param payload JSON with errorType, errorMessage and trace, as the runtime writes it */
  static fromJson(payload: string): FunctionFailed {
    const { errorType, errorMessage, trace } = JSON.parse(payload) as {
      errorType?: string;
      errorMessage?: string;
      trace?: string[];
    };
    const failed = new FunctionFailed(errorType ?? 'Unhandled', errorMessage ?? '');
    if (trace) failed.stack = trace.join('\n');
    return failed;
  }
}
