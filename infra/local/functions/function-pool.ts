import {
  startEnvironment,
  type EnvironmentSetup,
  type ExecutionEnvironment,
} from './execution-environment.ts';
import { FunctionFailed } from './function-failed.ts';

/** The synchronous payload limit of Lambda, both ways. */
const SYNC_LIMIT_BYTES = 6 * 1024 * 1024;
/** The limit of an event of an asynchronous invocation. */
export const ASYNC_LIMIT_BYTES = 256 * 1024;

/** One function: its execution environments, started when they are needed. */
export class FunctionPool {
  readonly #setup: EnvironmentSetup;
  readonly #maxEnvironments: number;
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(setup: EnvironmentSetup, maxEnvironments: number) {
    this.#setup = setup;
    this.#maxEnvironments = maxEnvironments;
  }

  /**
   * Hands an event to a free environment; when all are busy it waits for one.
   *
   * @throws FunctionFailed when the function threw, timed out, was killed, or the event or answer is too large
   */
  async invoke(event: unknown, limitBytes = SYNC_LIMIT_BYTES): Promise<unknown> {
    const payload = JSON.stringify(event);
    refuseOver(limitBytes, payload, 'RequestTooLargeException');
    const environment = await this.#take();
    try {
      const answer = await environment.invoke(payload);
      refuseOver(SYNC_LIMIT_BYTES, answer, 'Function.ResponseSizeTooLarge');
      return JSON.parse(answer) as unknown;
    } catch (error) {
      this.#logFailure(error);
      throw error;
    } finally {
      this.#giveBack(environment);
    }
  }

  /** Ends all environments at once, also in the middle of an event, as a crash of the host would. */
  async killWorkers(): Promise<void> {
    const ended = [...this.#all];
    this.#all.clear();
    this.#idle.length = 0;
    await Promise.all(ended.map((each) => each.kill()));
  }

  /**
   * Ends one environment that is at work, in the middle of its event.
   *
   * @param choose gets how many are at work, and answers which, from 0
   * @returns whether there was one
   */
  async killOneAtWork(choose: (count: number) => number): Promise<boolean> {
    const atWork = [...this.#all].filter((each) => !this.#idle.includes(each));
    const one = atWork[choose(atWork.length)];
    if (!one) return false;
    this.#all.delete(one);
    await one.kill();
    return true;
  }

  async #take(): Promise<ExecutionEnvironment> {
    if (this.#busy < this.#maxEnvironments) this.#busy += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const free = this.#idle.pop();
    if (free?.alive) return free;
    const started = startEnvironment(this.#setup);
    this.#all.add(started);
    return started;
  }

  /** A waiting call takes over the place of this one. */
  #giveBack(environment: ExecutionEnvironment): void {
    if (environment.alive) this.#idle.push(environment);
    else this.#all.delete(environment);
    const next = this.#waiting.shift();
    if (next) next();
    else this.#busy -= 1;
  }

  /** The function's own words, as CloudWatch Logs would have them. */
  #logFailure(error: unknown): void {
    const words = error instanceof FunctionFailed ? `${error.errorType} ${error.stack}` : 'failed';
    this.#setup.log.write(this.#setup.functionName, `ERROR ${words}`);
  }
}

function refuseOver(limitBytes: number, payload: string, errorType: string): void {
  const size = Buffer.byteLength(payload);
  if (size > limitBytes) throw new FunctionFailed(errorType, `${size} bytes, over ${limitBytes}`);
}
