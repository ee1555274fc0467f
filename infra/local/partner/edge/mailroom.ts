import { behaviourOf, type Behaviour } from '../behaviour.ts';
import { postMail, postRequest, type Customer } from './customer.ts';
import type { HandedCopy, HandedOver } from './handed-over.ts';
import { tidingsOf, type Tidings } from './tidings.ts';

/** One thing that the customer was told, and what it answered. */
export interface Told extends Tidings {
  /** Of mail the HTTP status, of XDR `success` or the codes; `none` when there was none. */
  readonly answer: string;
}

/** Where what was handed over is kept, and from where the customer is told what became of it. */
export class Mailroom {
  readonly received: HandedOver[] = [];
  readonly told: Told[] = [];
  customer: Customer | undefined;
  readonly #telling = new Set<Promise<void>>();

  behaviour(recipient: string): Behaviour {
    return behaviourOf(recipient, 'answers');
  }

  /** Keeps it, and when it was taken, sees to its delivery: in this house that is done with the thought. */
  take(handed: HandedOver): void {
    this.received.push(handed);
    if (handed.copy && handed.refusedFor.length === 0) this.#follow(handed.copy);
  }

  async settled(): Promise<void> {
    while (this.#telling.size > 0) await Promise.allSettled(this.#telling);
  }

  #follow(copy: HandedCopy): void {
    const telling = this.#tell(copy);
    this.#telling.add(telling);
    telling.finally(() => this.#telling.delete(telling)).catch(() => undefined);
  }

  async #tell(copy: HandedCopy): Promise<void> {
    for (const recipient of copy.recipients) {
      for (const tidings of tidingsOf(copy, recipient, this.behaviour(recipient))) {
        this.told.push({ ...tidings, answer: await this.#post(tidings) });
      }
    }
  }

  async #post({ by, bytes }: Tidings): Promise<string> {
    if (!this.customer) return 'none';
    const post = by === 'mail' ? postMail : postRequest;
    return post(this.customer, bytes).catch(() => 'none');
  }
}
