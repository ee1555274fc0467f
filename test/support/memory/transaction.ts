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
    const conditions = write.when ?? [];
    const item = itemAt(targetOf(write));
    return conditions.every((condition) => holds(condition, item)) ? [] : [index];
  });

function holds(condition: Condition, item: Item | undefined): boolean {
  if ('absent' in condition) return item === undefined;
  if ('without' in condition) return valueAt(item, condition.without) === undefined;
  if ('equals' in condition) {
    return valueAt(item, condition.equals[0]) === condition.equals[1];
  }
  const [path, bound] = condition.absentOrAtLeast;
  const value = valueAt(item, path);
  if (value === undefined) return true;
  if (typeof value === 'string' && typeof bound === 'string') return value >= bound;
  return typeof value === 'number' && typeof bound === 'number' && value >= bound;
}

const valueAt = (item: Item | undefined, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined,
    item,
  );
