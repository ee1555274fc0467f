import * as z from 'zod';

const Condition = z.union([
  z.tuple([z.literal('content-length-range'), z.number(), z.number()]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
  z.record(z.string(), z.string()),
]);

const Policy = z.object({ expiration: z.iso.datetime(), conditions: z.array(Condition) });

type Policy = z.output<typeof Policy>;

/** A code of S3 and the status that goes with it. */
export type PostRefusal = readonly [status: 400 | 403, code: string, message: string];

/** @param base64 as it stands in the form; it is the text that is signed */
export function policyIn(base64: string): Policy | undefined {
  try {
    return Policy.safeParse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Fields that need no condition. */
const FREE = /^(policy|x-amz-signature|x-ignore-.*)$/;

/**
 * Whether a form keeps to its policy: it has not expired, every condition holds, and every field has one.
 *
 * @param fields by name in lower case; `bucket` is the one that was posted to
 */
export function breachOf(
  policy: Policy,
  fields: ReadonlyMap<string, string>,
  sizeBytes: number,
  now: Date,
): PostRefusal | undefined {
  if (Date.parse(policy.expiration) <= now.getTime()) return denied('Policy expired.');
  const named = new Set<string>(['bucket']);
  for (const condition of policy.conditions) {
    if (Array.isArray(condition) && condition[0] === 'content-length-range') {
      const [, least, most] = condition;
      if (sizeBytes < least) return [400, 'EntityTooSmall', 'It is smaller than the policy wants.'];
      if (sizeBytes > most) return [400, 'EntityTooLarge', 'It is larger than the policy allows.'];
      continue;
    }
    for (const [operator, field, value] of matchesIn(condition)) {
      named.add(field);
      const given = fields.get(field) ?? '';
      const holds = operator === 'eq' ? given === value : given.startsWith(value);
      if (!holds)
        return denied(`Policy Condition failed: ["${operator}", "$${field}", "${value}"]`);
    }
  }
  const extra = [...fields.keys()].find((field) => !named.has(field) && !FREE.test(field));
  return extra === undefined ? undefined : denied(`Extra input fields: ${extra}`);
}

type Match = readonly [operator: 'eq' | 'starts-with', field: string, value: string];

const matchesIn = (
  condition: Exclude<Policy['conditions'][number], ['content-length-range', number, number]>,
): readonly Match[] =>
  Array.isArray(condition)
    ? [[condition[0], condition[1].slice(1).toLowerCase(), condition[2]]]
    : Object.entries(condition).map(([field, value]) => ['eq', field.toLowerCase(), value]);

const denied = (why: string): PostRefusal => [
  403,
  'AccessDenied',
  `Invalid according to Policy: ${why}`,
];
