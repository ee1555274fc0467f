import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Asking } from '../../lambdas/http-event.ts';
import type { Answered } from '../../lambdas/http-world.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Kernel } from '../kernel/environment.ts';
import type { Pool } from '../kernel/pool.ts';
import type { Call } from './functions.ts';

const TRIES = 8;

/** Who calls the API, and calls again, with the same words, until there is an answer that is not the server's fault. */
export class Client {
  readonly #api: Pool<Call, APIGatewayProxyStructuredResultV2>;
  readonly #kernel: Kernel;
  readonly #chance: Chance;

  constructor(api: Pool<Call, APIGatewayProxyStructuredResultV2>, kernel: Kernel, chance: Chance) {
    this.#api = api;
    this.#kernel = kernel;
    this.#chance = chance;
  }

  /** @returns undefined when there never was one */
  async ask(asked: string, asking: Asking = {}): Promise<Answered | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const ended = await this.#api.invoke({ asked, asking });
      const answered = ended.kind === 'answered' ? answeredOf(ended.value) : undefined;
      this.#kernel.trace('client', `${asked} ${answered?.status ?? ended.kind}`);
      if (answered?.status !== undefined && !wantsPatience(answered)) return answered;
      const waitMs = this.#chance.between(100, 30_000);
      await this.#kernel.timeline.sleep(
        waitMs + 1000 * Number(answered?.headers['retry-after'] ?? 0),
      );
    }
    return undefined;
  }
}

/** The server's fault, or a first call that is still being answered. */
const wantsPatience = ({ status = 0, headers }: Answered): boolean =>
  status >= 500 || headers['retry-after'] !== undefined;

const answeredOf = ({
  statusCode,
  headers = {},
  body,
}: APIGatewayProxyStructuredResultV2): Answered => ({
  status: statusCode,
  headers,
  body: body === undefined || body === '' ? undefined : JSON.parse(body),
});
