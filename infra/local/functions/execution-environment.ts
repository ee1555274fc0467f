import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { FunctionFailed } from './function-failed.ts';
import type { FunctionLog } from './function-log.ts';
import type { WorkerCall, WorkerSays, WorkerSetup } from './worker-protocol.ts';

export interface EnvironmentSetup extends WorkerSetup {
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly log: FunctionLog;
}

/** Lambda gives an init phase 10 s on its own machines; a laptop that starts many at once gets more. */
const INIT_SECONDS = 30;

/** One worker thread with one bundle: answers one event at a time, and is gone after a timeout, a crash or a kill. */
export class ExecutionEnvironment {
  readonly #setup: EnvironmentSetup;
  readonly #worker: Worker;
  readonly #ready = Promise.withResolvers<void>();
  #answer: PromiseWithResolvers<string> | undefined;
  #alive = true;

  constructor(setup: EnvironmentSetup, worker: Worker) {
    this.#setup = setup;
    this.#worker = worker;
    this.#ready.promise.catch(() => undefined);
    worker.on('message', (said: WorkerSays) => this.#hear(said));
    worker.on('error', (error) => this.#end(exited(error.message)));
    worker.on('exit', (code) => this.#end(exited(`the environment ended with ${code}`)));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /**
   * @param payload JSON
   * @returns the JSON of the answer
   * @throws FunctionFailed
   */
  async invoke(payload: string): Promise<string> {
    const { timeoutSeconds } = this.#setup;
    await this.#within(INIT_SECONDS, this.#ready.promise);
    const answer = Promise.withResolvers<string>();
    this.#answer = answer;
    const endsAt = Date.now() + timeoutSeconds * 1000;
    this.#worker.postMessage({ requestId: randomUUID(), payload, endsAt } satisfies WorkerCall, []);
    return this.#within(timeoutSeconds, answer.promise);
  }

  async kill(): Promise<void> {
    this.#end(exited('killed'));
    await this.#worker.terminate();
  }

  #hear(said: WorkerSays): void {
    if (said.kind === 'ready') this.#ready.resolve();
    else if (said.kind === 'broken') this.#end(FunctionFailed.fromJson(said.payload));
    else {
      if (said.kind === 'result') this.#answer?.resolve(said.payload);
      else this.#answer?.reject(FunctionFailed.fromJson(said.payload));
      this.#answer = undefined;
    }
  }

  #end(error: FunctionFailed): void {
    this.#alive = false;
    this.#ready.reject(error);
    this.#answer?.reject(error);
    this.#answer = undefined;
    void this.#worker.terminate();
  }

  /** Ends the environment when the time is up: Lambda does not let a function go on after its timeout. */
  async #within<T>(seconds: number, promise: Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      const words = `Task timed out after ${seconds} seconds`;
      this.#end(new FunctionFailed('Sandbox.Timedout', words));
    }, seconds * 1000);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}

const exited = (words: string): FunctionFailed => new FunctionFailed('Runtime.ExitError', words);

export function startEnvironment(setup: EnvironmentSetup): ExecutionEnvironment {
  const { variables, timeoutSeconds: _, log, ...workerData } = setup;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: workerData satisfies WorkerSetup,
    name: setup.functionName,
    env: { ...variables },
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: setup.memoryMegabytes },
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    createInterface({ input: stream }).on('line', (line) => log.write(setup.functionName, line));
  }
  return new ExecutionEnvironment(setup, worker);
}
