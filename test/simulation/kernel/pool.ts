import { Environment, type Ended, type Kernel } from './environment.ts';

/** One function: its environments, made when they are needed, each with a handler of its own. */
export class Pool<Event, Answer> {
  readonly #name: string;
  readonly #kernel: Kernel;
  readonly #most: number;
  readonly #timeoutSeconds: number;
  readonly #make: (environment: Environment) => (event: Event) => Promise<Answer>;
  readonly #idle: Prepared<Event, Answer>[] = [];
  #busy = 0;
  #made = 0;

  constructor(
    name: string,
    kernel: Kernel,
    rules: { readonly most: number; readonly timeoutSeconds: number },
    make: (environment: Environment) => (event: Event) => Promise<Answer>,
  ) {
    this.#name = name;
    this.#kernel = kernel;
    this.#most = rules.most;
    this.#timeoutSeconds = rules.timeoutSeconds;
    this.#make = make;
  }

  get hasRoom(): boolean {
    return this.#busy < this.#most;
  }

  async invoke(event: Event): Promise<Ended<Answer>> {
    this.#busy += 1;
    const prepared = this.#takeIdle() ?? this.#prepare();
    const { environment, handle } = prepared;
    const ended = await environment.invoke(() => handle(event), this.#timeoutSeconds);
    this.#busy -= 1;
    if (environment.alive) this.#idle.push(prepared);
    return ended;
  }

  /** What an event left behind may be the death of an environment after it was answered. */
  #takeIdle(): Prepared<Event, Answer> | undefined {
    let idle = this.#idle.pop();
    while (idle?.environment.alive === false) idle = this.#idle.pop();
    return idle;
  }

  #prepare(): Prepared<Event, Answer> {
    this.#made += 1;
    const environment = new Environment(`${this.#name}/${this.#made}`, this.#kernel);
    return { environment, handle: this.#make(environment) };
  }
}

interface Prepared<Event, Answer> {
  readonly environment: Environment;
  readonly handle: (event: Event) => Promise<Answer>;
}
