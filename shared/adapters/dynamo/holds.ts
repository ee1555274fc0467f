import type { PatientKey } from '../../ids.ts';
import type { Hold, Holds } from '../../patient/hold.ts';
import { deedPut } from './deeds.ts';
import { ALL, KEYS } from './keys.ts';
import type { Item, Table, Write } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

const PAGE = 500;

export const holdStore = (table: Table): Holds => ({
  async isHeld(patient) {
    return (await table.get(KEYS.hold(patient))) !== undefined;
  },

  place: (hold) =>
    optimistically(table, async () => {
      const { patientKey, at, reason, by } = hold;
      const inForce = holdIn(await table.get(KEYS.hold(patientKey)));
      if (inForce) return inForce;
      const written = await table.write([
        { put: itemOf(KEYS.hold(patientKey), 'hold', hold), when: [{ absent: true }] },
        deedPut(`${patientKey} ${at}`, { kind: 'hold.placed', at, by, reason, patientKey }),
      ]);
      return written.ok ? hold : AGAIN;
    }),

  release: (patient, { at, by }) =>
    optimistically(table, async () => {
      const over = holdIn(await table.get(KEYS.hold(patient)));
      if (!over) return undefined;
      const written = await table.write([
        { remove: KEYS.hold(patient), when: [{ equals: [['body', 'at'], over.at] }] },
        deedPut(`${patient} ${over.at}`, { kind: 'hold.released', at, by, patientKey: patient }),
      ]);
      return written.ok ? over : AGAIN;
    }),

  async list() {
    const holds: Hold[] = [];
    for (let page = await table.query({ ...ALL.holds, limit: PAGE }); page.length > 0;) {
      holds.push(...page.map((item) => bodyOf(item, 'hold')));
      const after = page.at(-1)?.sk ?? '';
      page = page.length < PAGE ? [] : await table.query({ ...ALL.holds, after, limit: PAGE });
    }
    return holds;
  },
});

/** That nothing of the patient is held at the moment of a transaction. */
export const unheld = (patient: PatientKey): Write => ({
  check: KEYS.hold(patient),
  when: [{ absent: true }],
});

const holdIn = (item: Item | undefined): Hold | undefined => item && bodyOf(item, 'hold');
