import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a contestant answers to one line; see `serve`. */
export interface Answer {
  /** Of all repetitions together. */
  readonly ms: number;
  /** Of the last message. */
  readonly bytes: number;
  /** Peak of memory since the process began; what it holds now when it was asked for `idle`. */
  readonly memoryKb: number;
  /** Of all repetitions together; only the limit has any. */
  readonly partMs: Readonly<Record<string, number>>;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** A contestant as a process that stays warm from one question to the next. */
export class Child {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #complaint = '';

  constructor({ command, args }: Program) {
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process.stderr?.on('data', (text: Buffer) => {
      this.#complaint = `${this.#complaint}${text.toString()}`.slice(-2000);
    });
    this.#process.on('error', (error) => (this.#complaint += error.message));
    const input = this.#process.stdout;
    if (!input) throw new Error('The process has no output');
    this.#lines = createInterface({ input })[Symbol.asyncIterator]();
  }

  /** @throws Error with what the process complained of, when it ends instead of answering */
  async ask(...words: readonly (string | number)[]): Promise<Answer> {
    this.#process.stdin?.write(`${words.join(' ')}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true || value === undefined) {
      throw new Error(`No answer to "${words.join(' ')}": ${this.#complaint}`);
    }
    return answerOf(value);
  }

  /** Ends the process, and waits for its end: the next one is to have the machine for itself. */
  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((settle) => this.#process.once('exit', settle));
    this.#process.kill('SIGKILL');
    await ended;
  }
}

function answerOf(line: string): Answer {
  const [ms, bytes, memoryKb, ...parts] = line.split(' ');
  const answer = { ms: Number(ms), bytes: Number(bytes), memoryKb: Number(memoryKb) };
  if (Object.values(answer).some(Number.isNaN)) throw new Error(`This is no answer: ${line}`);
  const partMs = parts.map((part): [string, number] => {
    const [name = '', value] = part.split('=');
    return [name.replaceAll('_', ' '), Number(value)];
  });
  return { ...answer, partMs: Object.fromEntries(partMs) };
}
