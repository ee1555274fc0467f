import type { SQSBatchResponse } from 'aws-lambda';
import type { Chance } from './chance.ts';
import type { Kernel } from './environment.ts';
import type { Pool } from './pool.ts';

export interface QueueRules {
  readonly name: string;
  readonly batchSize: number;
  /** The function's; a message that was given out shows again after six times as long. */
  readonly timeoutSeconds: number;
  /** How often a message that is sent never arrives, arrives twice, or late. */
  readonly losses: number;
  readonly repeats: number;
  readonly delays: number;
}

interface Message {
  readonly id: string;
  readonly body: string;
  received: number;
}

export type QueueEvent = { readonly Records: readonly object[] };

const MOST_RECEIVES = 5;
const LATE_SECONDS = 1200;

/** A standard queue with its function behind it: at least once, in no order, and after five times never again. */
export class Queue {
  readonly #rules: QueueRules;
  readonly #pool: Pool<QueueEvent, SQSBatchResponse>;
  readonly #kernel: Kernel;
  readonly #chance: Chance;
  readonly #visible: Message[] = [];
  readonly deadLetters: string[] = [];
  #sent = 0;

  constructor(
    rules: QueueRules,
    pool: Pool<QueueEvent, SQSBatchResponse>,
    kernel: Kernel,
    chance: Chance,
  ) {
    this.#rules = rules;
    this.#pool = pool;
    this.#kernel = kernel;
    this.#chance = chance;
  }

  send(body: string, afterSeconds = 0): void {
    const { losses, repeats, name } = this.#rules;
    if (this.#chance.happens(losses)) return this.#kernel.trace(name, `lost ${body}`);
    this.#post(body, afterSeconds);
    if (this.#chance.happens(repeats)) this.#post(body, afterSeconds);
  }

  #post(body: string, afterSeconds: number): void {
    const late = this.#chance.happens(this.#rules.delays);
    this.#sent += 1;
    const message = { id: `${this.#rules.name}-${this.#sent}`, body, received: 0 };
    const mostMs = late ? LATE_SECONDS * 1000 : 1000;
    this.#kernel.timeline.after(afterSeconds * 1000 + this.#chance.between(1, mostMs), () =>
      this.#show(message),
    );
  }

  #show(message: Message): void {
    if (message.received < MOST_RECEIVES) {
      this.#visible.push(message);
      this.#pump();
    } else {
      this.#kernel.trace(this.#rules.name, `dead letter ${message.body}`);
      this.deadLetters.push(message.body);
    }
  }

  #pump(): void {
    while (this.#visible.length > 0 && this.#pool.hasRoom) void this.#work(this.#receive());
  }

  #receive(): readonly Message[] {
    const batch: Message[] = [];
    while (this.#visible.length > 0 && batch.length < this.#rules.batchSize) {
      const at = this.#chance.count(0, this.#visible.length - 1);
      batch.push(...this.#visible.splice(at, 1));
    }
    for (const message of batch) message.received += 1;
    return batch;
  }

  /** What was not done shows again when its time is up, whether the function said so or died. */
  async #work(batch: readonly Message[]): Promise<void> {
    const { timeline } = this.#kernel;
    const visibleAgain = new Date(timeline.now().getTime() + 6 * this.#rules.timeoutSeconds * 1000);
    const ended = await this.#pool.invoke({ Records: batch.map(recordOf) });
    const failed =
      ended.kind === 'answered'
        ? batch.filter(({ id }) =>
            ended.value.batchItemFailures.some((each) => each.itemIdentifier === id),
          )
        : batch;
    for (const message of failed) timeline.at(visibleAgain, () => this.#show(message));
    this.#pump();
  }
}

const recordOf = ({ id, body }: Message): object => ({
  messageId: id,
  body,
  eventSource: 'aws:sqs',
  attributes: {},
  messageAttributes: {},
});
