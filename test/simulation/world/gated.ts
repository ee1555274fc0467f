import type { Item, Query, RawTable, Table } from '../../../shared/adapters/dynamo/table.ts';
import { retrying } from '../../../shared/adapters/dynamo/table/retrying.ts';
import type { Chance } from '../kernel/chance.ts';
import type { CallRules, Environment } from '../kernel/environment.ts';
import type { Fault } from '../kernel/fault.ts';

const CRASHES: readonly Fault[] = ['crash-before', 'crash-after'];
const READING: readonly Fault[] = [...CRASHES, 'fails-before'];
const WRITING: readonly Fault[] = [...CRASHES, 'fails-before', 'fails-after'];

/** What may befall a call of each sort of port. */
export const RULES = {
  reads: { possible: READING },
  writes: { possible: WRITING },
  /** One that never fails, but whose caller may die. */
  only: { possible: CRASHES },
} as const satisfies Record<string, CallRules>;

/** A port whose every call the world may hold up, break, or let nobody live to see. */
export const gated = <Port extends object>(
  environment: Environment,
  name: string,
  port: Port,
  rules: CallRules,
): Port =>
  new Proxy(port, {
    get(whole, key) {
      const value: unknown = Reflect.get(whole, key);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        environment.call(`${name}.${String(key)}`, () => Reflect.apply(value, whole, given), rules);
    },
  });

/** The table as one worker has it: with its patience, which waits in the time of the world. */
export function gatedTable(environment: Environment, raw: RawTable, chance: Chance): Table {
  const reads: CallRules = { possible: [...READING, 'conflicts'] };
  const writes: CallRules = { possible: [...WRITING, 'conflicts', 'conflicts'] };
  const sleep = (milliseconds: number) => environment.pause(milliseconds);
  // What was just written may not be in the index yet.
  const seen = async (query: Query): Promise<readonly Item[]> => {
    const items = await raw.query(query);
    return 'index' in query ? items.filter(() => !chance.happens(0.01)) : items;
  };
  return retrying(
    {
      get: (key) => environment.call(`get ${key.pk} ${key.sk}`, () => raw.get(key), reads),
      query: (query) => environment.call(`query ${query.pk}`, () => seen(query), reads),
      write: (all) =>
        environment.call(`write ${all.map(target).join(', ')}`, () => raw.write(all), writes),
    },
    { random: chance.fraction, sleep },
  );
}

function target(write: Parameters<RawTable['write']>[0][number]): string {
  if ('put' in write) return `${write.put.pk} ${write.put.sk}`;
  return 'check' in write ? `?${write.check.pk}` : `-${write.remove.pk} ${write.remove.sk}`;
}
