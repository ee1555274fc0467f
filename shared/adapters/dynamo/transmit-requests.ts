import type { PatientKey, RequestId } from '../../ids.ts';
import { done, fail } from '../../outcome.ts';
import type { TransmitRequestStore } from '../../transmit-request/store.ts';
import type { TransmitRequest } from '../../transmit-request/transmit-request.ts';
import { ALL, KEYS } from './keys.ts';
import type { Table } from './table.ts';
import { bodyOf, itemOf, whole } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';
import { putOnce } from './table/put-once.ts';

export const transmitRequestStore = (table: Table): TransmitRequestStore => ({
  async create(request) {
    const kept = await putOnce(table, requestItem(request.patientKey, request.id, request));
    return kept ? bodyOf(kept, 'request') : request;
  },

  async get(patient, id) {
    const item = await table.get(KEYS.request(patient, id));
    return item ? done(bodyOf(item, 'request')) : fail('transmit-request/unknown');
  },

  async list(patient) {
    const items = await whole(table, ALL.requests(patient));
    return items.map((item) => bodyOf(item, 'request')).sort(newestFirst);
  },

  change: (patient, id, decide) =>
    optimistically(table, async () => {
      const item = await table.get(KEYS.request(patient, id));
      if (!item) return fail('transmit-request/unknown');
      const current = bodyOf(item, 'request');
      const decided = decide(current);
      if (!decided.ok || decided.value === current) return decided;

      const next = { ...decided.value, version: current.version + 1 };
      const written = await table.write([
        {
          put: requestItem(patient, id, next),
          when: [{ equals: [['body', 'version'], current.version] }],
        },
      ]);
      return written.ok ? done(next) : AGAIN;
    }),
});

const requestItem = (patient: PatientKey, id: RequestId, request: TransmitRequest) =>
  itemOf(KEYS.request(patient, id), 'request', request);

const newestFirst = (one: TransmitRequest, other: TransmitRequest): number =>
  other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id);
