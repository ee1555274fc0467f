import type { RequestId, TriggerId } from '../../ids.ts';
import type { Window } from '../../trigger/window.ts';
import type { WindowStore } from '../../trigger/window-store.ts';
import { dueAttributes, isDue, KEYS } from './keys.ts';
import type { Condition, Item, Table, Write } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';
import { joinedItem } from './triggers.ts';
import { milestonePut } from './transmit-requests.ts';

export const windowStore = (table: Table): WindowStore => ({
  read: (request) => read(table, request),

  join: (trigger, requests, decide) =>
    optimistically(table, () => join(table, trigger, requests, decide)),

  async change(window, decided, told) {
    const written = await table.write([
      decided === 'dropped'
        ? { remove: KEYS.window(window.requestId), when: asRead(window) }
        : { put: windowItem(counted(window, decided)), when: asRead(window) },
      ...(told ? [milestonePut(told)] : []),
    ]);
    return written.ok ? 'changed' : 'changed-meanwhile';
  },
});

async function read(table: Table, request: RequestId): Promise<Window | undefined> {
  const item = await table.get(KEYS.window(request));
  return item && bodyOf(item, 'window');
}

async function join(
  table: Table,
  id: TriggerId,
  requests: readonly RequestId[],
  decide: Parameters<WindowStore['join']>[2],
): Promise<readonly Window[] | 'joined-before' | typeof AGAIN> {
  const item = await table.get(KEYS.trigger(id));
  const dueAt = item?.['dueAt'];
  if (!item || typeof dueAt !== 'string' || !isDue(item)) return 'joined-before';
  const decided = await Promise.all(
    requests.map(async (request) => {
      const before = await read(table, request);
      return { before, after: counted(before, decide(request, before)) };
    }),
  );
  const written = await table.write([
    // The sweep may move `dueAt`; whoever was faster with the same trigger has taken it away.
    { put: joinedItem(bodyOf(item, 'trigger')), when: [{ equals: [['dueAt'], dueAt] }] },
    ...decided.flatMap(({ before, after }) => windowWrites(before, after)),
  ]);
  if (!written.ok) return AGAIN;
  return decided.flatMap(({ after }) => after ?? []);
}

function counted(before: Window | undefined, after: Window): Window;
function counted(before: Window | undefined, after: Window | undefined): Window | undefined;
function counted(before: Window | undefined, after: Window | undefined): Window | undefined {
  return after === before ? before : after && { ...after, version: (before?.version ?? 0) + 1 };
}

function windowWrites(before: Window | undefined, after: Window | undefined): readonly Write[] {
  if (before === after) return [];
  if (!before) return after ? [{ put: windowItem(after), when: [{ absent: true }] }] : [];
  const when = asRead(before);
  return [
    after ? { put: windowItem(after), when } : { remove: KEYS.window(before.requestId), when },
  ];
}

/** That a window is the one that was read, and as it was read. */
export const asRead = (window: Window): readonly Condition[] => [
  { equals: [['version'], versionOf(window)] },
];

/** Two windows of one request, one after the other, may count alike: so their batch stands before the count. */
const versionOf = ({ batchId, version }: Window): string => `${batchId}/${version}`;

const windowItem = (window: Window): Item =>
  itemOf(KEYS.window(window.requestId), 'window', window, {
    version: versionOf(window),
    ...dueAttributes(window.requestId, new Date(window.closesAt)),
  });
