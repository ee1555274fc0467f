import { done, fail, type Outcome } from '../../outcome.ts';
import { MAX_WEBHOOKS, type Webhook } from '../../report/webhook.ts';
import type { WebhookStore } from '../../report/webhook/store.ts';
import { ALL, KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';
import { bodyOf, itemOf, whole } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

export const webhookStore = (table: Table): WebhookStore => ({
  add: (webhook) => optimistically(table, () => add(table, webhook)),

  async get(id) {
    const item = await table.get(KEYS.webhook(id));
    return item ? done(bodyOf(item, 'webhook')) : fail('report/unknown-webhook');
  },

  list: () => all(table),

  change: (id, decide) =>
    optimistically(table, async () => {
      const item = await table.get(KEYS.webhook(id));
      if (!item) return fail('report/unknown-webhook');
      const current = bodyOf(item, 'webhook');
      const decided = decide(current);
      if (!decided.ok || decided.value === current) return decided;

      const next = { ...decided.value, version: current.version + 1 };
      const when = [{ equals: [['body', 'version'], current.version] } as const];
      const written = await table.write([{ put: webhookItem(next), when }]);
      return written.ok ? done(next) : AGAIN;
    }),

  async remove(id) {
    const item = await table.get(KEYS.webhook(id));
    if (!item) return fail('report/unknown-webhook');
    await table.write([{ remove: KEYS.webhook(id) }]);
    return done(undefined);
  },
});

/** The limit holds when many are added at once: each addition counts, and hangs on the count that was read first. */
async function add(table: Table, webhook: Webhook): Promise<Outcome<Webhook> | typeof AGAIN> {
  const head = await table.get(KEYS.webhookHead);
  const added = head ? bodyOf(head, 'webhook-head').added : 0;
  const there = await all(table);
  const kept = there.find(({ id }) => id === webhook.id);
  if (kept) return done(kept);
  if (there.length >= MAX_WEBHOOKS) return fail('report/too-many-webhooks');

  const written = await table.write([
    { put: webhookItem(webhook), when: [{ absent: true }] },
    {
      put: itemOf(KEYS.webhookHead, 'webhook-head', { added: added + 1 }),
      when: [added === 0 ? { absent: true } : { equals: [['body', 'added'], added] }],
    },
  ]);
  return written.ok ? done(webhook) : AGAIN;
}

async function all(table: Table): Promise<readonly Webhook[]> {
  const items = await whole(table, ALL.webhooks);
  return items.map((item) => bodyOf(item, 'webhook')).sort(oldestFirst);
}

const webhookItem = (webhook: Webhook): Item =>
  itemOf(KEYS.webhook(webhook.id), 'webhook', webhook);

const oldestFirst = (one: Webhook, other: Webhook): number =>
  one.createdAt.localeCompare(other.createdAt) || one.id.localeCompare(other.id);
