/** Whether an event passes the filters of an event source mapping: one matching filter is enough, none means all pass. */
export function passes(filters: readonly string[], event: unknown): boolean {
  return filters.length === 0 || filters.some((filter) => matches(JSON.parse(filter), event));
}

/**
 * Lambda event filtering: an object asks for all of its keys, a list for any one of its rules.
 * What a pattern does not name does not matter.
 *
 * @throws Error naming a rule that is not known here
 */
function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((rule) => ruleHolds(rule, value));
  if (typeof pattern !== 'object' || pattern === null) throw new Error('A filter rule is no list');
  return Object.entries(pattern).every(([key, each]) =>
    key === '$or' && Array.isArray(each)
      ? each.some((alternative) => matches(alternative, value))
      : matches(each, member(value, key)),
  );
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** A list in the event passes when any of its elements does. */
function ruleHolds(rule: unknown, value: unknown): boolean {
  if (Array.isArray(value) && !isExists(rule)) return value.some((each) => ruleHolds(rule, each));
  if (typeof rule !== 'object' || rule === null) return value === rule;
  const [name = '', argument] = Object.entries(rule)[0] ?? [];
  const holds = RULES[name];
  if (!holds) throw new Error(`The local system does not know the filter rule ${name}`);
  return holds(value, argument);
}

const isExists = (rule: unknown): boolean =>
  typeof rule === 'object' && rule !== null && 'exists' in rule;

const RULES: Readonly<Record<string, (value: unknown, argument: unknown) => boolean>> = {
  exists: (value, wanted) => (value !== undefined) === wanted,
  prefix: (value, start) => typeof value === 'string' && value.startsWith(String(start)),
  suffix: (value, end) => typeof value === 'string' && value.endsWith(String(end)),
  'equals-ignore-case': (value, text) =>
    typeof value === 'string' && value.toLowerCase() === String(text).toLowerCase(),
  'anything-but': (value, refused) =>
    value !== undefined && ![refused].flat().some((rule) => ruleHolds(rule, value)),
  numeric: (value, comparisons) => typeof value === 'number' && compares(value, comparisons),
};

/** `[">=", 1, "<", 5]`: operators and bounds in turn, all of which must hold. */
function compares(value: number, comparisons: unknown): boolean {
  const parts = comparisons as (string | number)[];
  const pairs = parts.flatMap((operator, at) =>
    at % 2 ? [] : [[operator, Number(parts[at + 1])]],
  );
  return pairs.every(([operator, bound]) => {
    const by = value - Number(bound);
    if (operator === '=') return by === 0;
    if (operator === '<') return by < 0;
    if (operator === '<=') return by <= 0;
    return operator === '>' ? by > 0 : by >= 0;
  });
}
