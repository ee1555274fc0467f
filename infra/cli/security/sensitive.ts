import type { Reach } from './reach.ts';

/** What an attacker would want of a function, each with how a role says that the function has it. */
const SENSITIVE = {
  signing: { says: 'what signs', by: ['GetSecretValue on secret Signing', 'Sign on '] },
  decryption: { says: 'what decrypts', by: ['GetSecretValue on secret Decryption'] },
  relay: { says: 'credentials of relays', by: ['GetSecretValue on secret Relay'] },
  webhooks: { says: 'secrets of webhooks', by: ['GetSecretValue on secret Webhook'] },
  pepper: { says: 'the pepper', by: ['GetSecretValue on secret Pepper'] },
  records: {
    says: 'records',
    by: ['GetObject on bucket Records', 'GetObject on bucket Uploads'],
  },
  messages: { says: 'messages as they are sent', by: ['GetObject on bucket Messages'] },
  mail: { says: 'mail that came in', by: ['GetObject on bucket Mail'] },
  patients: {
    says: 'who patients are and what they asked for',
    by: ['GetItem on table Main', 'Query on table Main', 'GetRecords on table Main'],
  },
} as const;

/** Of the table, how far mailboxes were read: it is of nobody. */
const MAILBOXES = 'is like MBX#*';

export type Sensitive = keyof typeof SENSITIVE;

/** In words: what a function holds, and what it never sees. */
export function heldBy(
  reach: readonly Reach[],
  given: readonly Sensitive[] = [],
): { readonly holds: readonly string[]; readonly neverSees: readonly string[] } {
  const has = (name: Sensitive): boolean =>
    given.includes(name) ||
    reach.some(
      ({ action, resource, when }) =>
        !when.endsWith(MAILBOXES) &&
        SENSITIVE[name].by.some((each) => `${action} on ${resource}`.startsWith(each)),
    );
  const names = Object.keys(SENSITIVE) as Sensitive[];
  const inWords = (some: readonly Sensitive[]) => some.map((name) => SENSITIVE[name].says);
  return {
    holds: inWords(names.filter(has)),
    neverSees: inWords(names.filter((name) => !has(name))),
  };
}
