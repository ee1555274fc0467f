interface Querying {
  readonly KeyConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

const EQUALITY = /([#\w.-]+)\s*=\s*(:\w+)/g;

/** The value of which a query says that the partition key equals it. */
export function partitionValueIn(query: Querying, partitionKey: string): unknown {
  const { KeyConditionExpression: expression = '', ExpressionAttributeNames: names = {} } = query;
  for (const [, name = '', value = ''] of expression.matchAll(EQUALITY)) {
    if ((names[name] ?? name) === partitionKey) return query.ExpressionAttributeValues?.[value];
  }
  return undefined;
}
