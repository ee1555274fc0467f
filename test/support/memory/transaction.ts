import type { Condition, Item, Key, Write } from '../../../shared/adapters/dynamo/table.ts';

export const keyOf = ({ pk, sk }: Key): string => `${pk}\0${sk}`;

const targetOf = (write: Write): Key => {
  if ('put' in write) return write.put;
  return 'check' in write ? write.check : write.remove;
};

/** @throws Error for what DynamoDB answers with a ValidationException */
export function refuseMalformed(writes: readonly Write[]): void {
  if (writes.length === 0 || writes.length > 100) {
    throw new Error(`A transaction takes 1 to 100 writes, not ${writes.length}`);
  }
  const targets = writes.map(targetOf);
  if (targets.some(({ pk, sk }) => pk === '' || sk === '')) {
    throw new Error('A key must not be empty');
  }
  if (new Set(targets.map(keyOf)).size < targets.length) {
    throw new Error('A transaction must not touch an item twice');
  }
}

export const failedConditions = (
  writes: readonly Write[],
  itemAt: (key: Key) => Item | undefined,
): readonly number[] =>
  writes.flatMap((write, index) => {
    const conditions = 'remove' in write ? [] : (write.when ?? []);
    const item = itemAt(targetOf(write));
    return conditions.every((condition) => holds(condition, item)) ? [] : [index];
  });

const holds = (condition: Condition, item: Item | undefined): boolean =>
  'absent' in condition
    ? item === undefined
    : valueAt(item, condition.equals[0]) === condition.equals[1];

const valueAt = (item: Item | undefined, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined,
    item,
  );
