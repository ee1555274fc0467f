import type {
  AttributeValue,
  QueryCommandInput,
  TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { DUE_INDEX, type Condition, type Key, type Query, type Write } from '../table.ts';

type Marshalled = Record<string, AttributeValue>;

/** Names and values of an expression, each under a placeholder: no attribute name can be a reserved word of DynamoDB. */
class Placeholders {
  readonly #names: Record<string, string> = {};
  readonly #values: Record<string, string | number> = {};

  path(parts: readonly string[]): string {
    return parts.map((part) => this.#place('#n', this.#names, part)).join('.');
  }

  value(value: string | number): string {
    return this.#place(':v', this.#values, value);
  }

  /** DynamoDB takes neither map when it is empty. */
  attributes(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Marshalled;
  } {
    return {
      ...(Object.keys(this.#names).length > 0 && { ExpressionAttributeNames: this.#names }),
      ...(Object.keys(this.#values).length > 0 && {
        ExpressionAttributeValues: marshall(this.#values),
      }),
    };
  }

  #place<V>(sigil: string, placed: Record<string, V>, one: V): string {
    const placeholder = `${sigil}${Object.keys(placed).length}`;
    placed[placeholder] = one;
    return placeholder;
  }
}

export function questionOf(
  query: Query,
): Pick<
  QueryCommandInput,
  'KeyConditionExpression' | 'IndexName' | 'ConsistentRead' | 'ScanIndexForward'
> {
  const places = new Placeholders();
  const isIndex = 'index' in query;
  const parts = [`${places.path([isIndex ? DUE_INDEX.pk : 'pk'])} = ${places.value(query.pk)}`];
  if (isIndex) {
    parts.push(`${places.path([DUE_INDEX.sk])} <= ${places.value(query.upTo)}`);
  } else if (query.skPrefix !== undefined) {
    parts.push(`begins_with(${places.path(['sk'])}, ${places.value(query.skPrefix)})`);
  }
  return {
    KeyConditionExpression: parts.join(' AND '),
    ...places.attributes(),
    // A global index cannot be read consistently.
    ...(isIndex ? { IndexName: DUE_INDEX.name } : { ConsistentRead: true }),
    ScanIndexForward: isIndex || query.newestFirst !== true,
  };
}

export function transactItemOf(table: string, write: Write): TransactWriteItem {
  if ('put' in write) {
    const item = marshall(write.put, { removeUndefinedValues: true });
    return { Put: { TableName: table, Item: item, ...conditionOf(write.when ?? []) } };
  }
  if ('check' in write) {
    const { ConditionExpression = '', ...attributes } = conditionOf(write.when);
    const Key = keyOf(write.check);
    return { ConditionCheck: { TableName: table, Key, ConditionExpression, ...attributes } };
  }
  return {
    Delete: { TableName: table, Key: keyOf(write.remove), ...conditionOf(write.when ?? []) },
  };
}

const keyOf = ({ pk, sk }: Key): Marshalled => marshall({ pk, sk });

function conditionOf(
  conditions: readonly Condition[],
): { ConditionExpression?: string } & ReturnType<Placeholders['attributes']> {
  if (conditions.length === 0) return {};
  const places = new Placeholders();
  const parts = conditions.map((condition) => {
    if ('absent' in condition) return `attribute_not_exists(${places.path(['pk'])})`;
    if ('without' in condition) return `attribute_not_exists(${places.path(condition.without)})`;
    if ('equals' in condition) {
      const [path, value] = condition.equals;
      return `${places.path(path)} = ${places.value(value)}`;
    }
    const [path, value] = condition.absentOrAtLeast;
    const place = places.path(path);
    return `(attribute_not_exists(${place}) OR ${place} >= ${places.value(value)})`;
  });
  return { ConditionExpression: parts.join(' AND '), ...places.attributes() };
}
