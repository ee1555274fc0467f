import { later, type Now } from '../../clock.ts';
import type { DeedKind } from '../../deed.ts';
import {
  STOP_KEPT_SECONDS,
  type Stop,
  type StopReader,
  type Switches,
  type SwitchName,
} from '../../switches.ts';
import { deedPut } from './deeds.ts';
import { KEYS } from './keys.ts';
import type { Item, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

const DEEDS = {
  sending: { stop: 'sending.stopped', go: 'sending.resumed' },
  intake: { stop: 'intake.stopped', go: 'intake.resumed' },
} as const satisfies Record<SwitchName, Record<'stop' | 'go', DeedKind>>;

export const switchStore = (table: Table): Switches => ({
  async read(name) {
    return stopIn(await table.get(KEYS.switch(name)));
  },

  stop: (name, stop) =>
    optimistically(table, async () => {
      const item = await table.get(KEYS.switch(name));
      const inForce = stopIn(item);
      if (inForce) return inForce;
      const { at, by, reason } = stop;
      const turned = await turn(table, name, item, stop, {
        kind: DEEDS[name].stop,
        at,
        by,
        reason,
      });
      return turned ? stop : AGAIN;
    }),

  go: (name, { at, by }) =>
    optimistically(table, async () => {
      const item = await table.get(KEYS.switch(name));
      const over = stopIn(item);
      if (!over) return undefined;
      const kind = DEEDS[name].go;
      const turned = await turn(table, name, item, undefined, { kind, at, by });
      return turned ? over : AGAIN;
    }),
});

/** What a process read last, for as long as it may go by it: a copy costs no read of its own. */
export function rememberedStops(switches: Pick<Switches, 'read'>, now: Now): StopReader {
  const known = new Map<SwitchName, { readonly until: Date; readonly stop: Stop | undefined }>();
  return {
    async stopOf(name) {
      const held = known.get(name);
      const at = now();
      if (held && held.until > at) return held.stop;
      const stop = await switches.read(name);
      known.set(name, { until: later(at, STOP_KEPT_SECONDS), stop });
      return stop;
    },
  };
}

const stopIn = (item: Item | undefined): Stop | undefined => item && bodyOf(item, 'switch').stop;

async function turn(
  table: Table,
  name: SwitchName,
  before: Item | undefined,
  stop: Stop | undefined,
  deed: Parameters<typeof deedPut>[1],
): Promise<boolean> {
  const version = before ? bodyOf(before, 'switch').version : 0;
  const body = { version: version + 1, ...(stop && { stop }) };
  const { ok } = await table.write([
    {
      put: itemOf(KEYS.switch(name), 'switch', body),
      when: [before ? { equals: [['body', 'version'], version] } : { absent: true }],
    },
    deedPut(String(version + 1), deed),
  ]);
  return ok;
}
