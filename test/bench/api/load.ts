import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadCall, LoadOrder, LoadResult, Pressure } from './protocol.ts';

/** A process of its own that asks an API as hard as it is told, again and again. */
const agent = new Agent({ keepAlive: true, maxSockets: 400 });

let number = 0;

async function call({ method, url, headers, body }: LoadCall): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const text = body?.replaceAll('#', `${process.pid}-${(number += 1)}`);
  const asking = request(url, { method, headers, agent }, (response) => {
    const status = response.statusCode ?? 0;
    response
      .resume()
      .on('end', () => resolve(status < 400 ? undefined : `${method} ${status}`))
      .on('error', (error) => resolve(error.message));
  });
  asking.on('error', (error) => resolve(`${method} ${error.message}`)).end(text);
  return promise;
}

class Tally {
  readonly #milliseconds: number[] = [];
  readonly #errors: string[] = [];

  async take(asked: LoadCall, dueAt = performance.now()): Promise<void> {
    const error = await call(asked);
    if (error === undefined) this.#milliseconds.push(performance.now() - dueAt);
    else this.#errors.push(error);
  }

  result(seconds: number): LoadResult {
    const sorted = this.#milliseconds.toSorted((one, other) => one - other);
    const [firstError] = this.#errors;
    return {
      answered: sorted.length,
      errors: this.#errors.length,
      ...(firstError !== undefined && { firstError }),
      seconds,
      p95Milliseconds: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN,
    };
  }
}

async function run({ calls, pressure, seconds }: LoadOrder): Promise<LoadResult> {
  const tally = new Tally();
  const begun = performance.now();
  const endsAt = begun + seconds * 1000;
  let at = 0;
  const next = (): LoadCall => calls[(at += 1) % calls.length]!;
  await under(pressure, { tally, next, begun, endsAt });
  return tally.result((performance.now() - begun) / 1000);
}

interface Running {
  readonly tally: Tally;
  readonly next: () => LoadCall;
  readonly begun: number;
  readonly endsAt: number;
}

async function under(pressure: Pressure, { tally, next, begun, endsAt }: Running): Promise<void> {
  if ('callers' in pressure) {
    const caller = async (): Promise<void> => {
      while (performance.now() < endsAt) await tally.take(next());
    };
    await Promise.all(Array.from({ length: pressure.callers }, caller));
    return;
  }
  // Nobody waits for the answers of others: what is late was due all the same.
  const asked: Promise<void>[] = [];
  const every = 1000 / pressure.perSecond;
  for (let dueAt = begun; dueAt < endsAt; dueAt += every) {
    const wait = dueAt - performance.now();
    if (wait > 1) await sleep(wait);
    asked.push(tally.take(next(), dueAt));
  }
  await Promise.all(asked);
}

process.on('message', (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result));
});
